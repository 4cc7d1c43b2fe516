/** What the wire tells. */
export interface WireEvents {
  /** Asked at every connection: what the server is told of us. */
  auth(): Promise<object>;
  connected(): void;
  /** The connection is gone; the wire tries again by itself. `before`: it had stood. */
  lost(before: boolean): void;
  /** The server does not want us. The wire does not try again by itself. */
  refused(message: string, data: unknown): void;
  event(name: string, value: unknown): void;
}

/** A connection to a Socket.IO server that heals itself. */
export interface Wire {
  readonly standing: boolean;
  /** Connects, if it does not already try. */
  connect(): void;
  /** Gives up the present connection, which may be dead without knowing it, and connects anew at once. */
  renew(): void;
  /** Sends an event; nothing happens where the connection does not stand. */
  tell(name: string, value?: unknown): void;
  /** Sends an event and waits for its acknowledgement; rejects after ten seconds, and at once when the connection goes. */
  ask(name: string, value?: unknown): Promise<unknown>;
  close(): void;
}

const patienceMs = 10_000;

/**
 * Opens a wire: Socket.IO protocol 5 over Engine.IO 4, WebSocket only, texts only, the main namespace only; that is all that the chat needs.
 * The official client does much more and is a third of the weight that the open chat may have.
 */
export function openWire(address: string, events: WireEvents): Wire {
  let socket: WebSocket | undefined;
  let standing = false;
  let closed = false;
  let tries = 0;
  let lastAsk = 0;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let longestSilence = patienceMs;
  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void; timer: ReturnType<typeof setTimeout> }>();

  return {
    get standing() {
      return standing;
    },
    connect() {
      if (!closed && !socket && again === undefined) begin();
    },
    renew() {
      if (closed || (!socket && again === undefined)) return;
      drop();
      tries = 0;
      begin();
    },
    tell(name, value) {
      if (standing) socket?.send(`42${JSON.stringify(value === undefined ? [name] : [name, value])}`);
    },
    ask(name, value) {
      if (!standing) return Promise.reject(new Error('not connected'));
      lastAsk += 1;
      const id = lastAsk;
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject, timer: setTimeout(() => settle(id)?.reject(new Error('no answer')), patienceMs) });
        socket?.send(`42${id}${JSON.stringify(value === undefined ? [name] : [name, value])}`);
      });
    },
    close() {
      closed = true;
      if (standing) socket?.send('41');
      drop();
    },
  };

  function begin(): void {
    again = undefined;
    longestSilence = patienceMs;
    const mine = new WebSocket(`${address}?EIO=4&transport=websocket`);
    socket = mine;
    listen();
    mine.onmessage = ({ data }) => {
      if (mine === socket && typeof data === 'string') hear(data);
    };
    mine.onclose = () => mine === socket && lose();
  }

  /** Too long without a word (the server pings): the connection is dead. */
  function listen(): void {
    clearTimeout(silence);
    silence = setTimeout(lose, longestSilence);
  }

  function hear(packet: string): void {
    listen();
    const [kind, rest] = [packet[0], packet.slice(1)];
    if (kind === '2') socket?.send('3');
    if (kind === '1') lose();
    if (kind === '0') {
      const { pingInterval, pingTimeout } = JSON.parse(rest);
      longestSilence = pingInterval + pingTimeout;
      const mine = socket;
      events.auth().then(
        (auth) => mine === socket && mine?.send(`40${JSON.stringify(auth)}`),
        // The page could not say who it is just now.
        () => mine === socket && lose(),
      );
    }
    if (kind === '4') hearMessage(rest);
  }

  function hearMessage(packet: string): void {
    const [, kind, id, json] = /^(\d)(\d*)([\s\S]*)$/.exec(packet) ?? [];
    const value = json ? JSON.parse(json) : undefined;
    if (kind === '0') {
      standing = true;
      tries = 0;
      events.connected();
    } else if (kind === '1') lose();
    else if (kind === '2') events.event(value[0], value[1]);
    else if (kind === '3') settle(Number(id))?.resolve(value[0]);
    else if (kind === '4') {
      drop();
      events.refused(value?.message ?? '', value?.data);
    }
  }

  function settle(id: number) {
    const waiting = asked.get(id);
    clearTimeout(waiting?.timer);
    asked.delete(id);
    return waiting;
  }

  /** Forgets the connection without trying again. */
  function drop(): void {
    clearTimeout(silence);
    clearTimeout(again);
    again = undefined;
    standing = false;
    const old = socket;
    socket = undefined;
    old?.close();
    for (const id of [...asked.keys()]) settle(id)?.reject(new Error('connection lost'));
  }

  function lose(): void {
    const before = standing;
    drop();
    if (closed) return;
    tries += 1;
    // Not all visitors at one moment after a restart of the server.
    again = setTimeout(begin, Math.min(250 * 2 ** tries, 8_000) * (0.5 + Math.random() / 2));
    events.lost(before);
  }
}

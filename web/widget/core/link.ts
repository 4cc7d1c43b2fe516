import type { Acknowledgement, Handshake, Mailed, Outgoing, Update } from '../../../src/bots/web/protocol.ts';
import { openWire } from './wire.ts';

/** `idle`: nothing to connect for yet. `refused`: the server does not want us; a person may try again. */
export type Connection = 'idle' | 'connecting' | 'online' | 'offline' | 'refused';

/** What the chat hears from the server. */
export interface Heard {
  connection(now: Connection): void;
  update(update: Update): void;
  typing(name: string | undefined): void;
  refused(message: string): void;
}

/** The chat's events over the wire (protocol.ts). What is sent while it is down rejects at once. */
export interface Link {
  connect(): void;
  /** Resolves when the server has told where we stand; rejects when it does not within ten seconds, and at once when the link is closed. */
  ready(): Promise<void>;
  send(outgoing: Outgoing): Promise<Acknowledgement>;
  typing(): void;
  transcript(to: string | null): Promise<Mailed>;
  /** Asks for a word where the wire seems to stand; without one within ten seconds the wire begins anew. */
  check(): void;
  /** Closes the conversation; resolves also where the server does not know how. */
  end(): Promise<void>;
  close(): void;
}

/** Opens the link to a server. `handshake` is asked anew at every connection. */
export function openLink(server: string, handshake: () => Promise<Handshake>, heard: Heard): Link {
  let told = false;
  let closed = false;
  const waiting: ((fault?: Error) => void)[] = [];
  let later: ReturnType<typeof setTimeout> | undefined;

  const wire = openWire(`${server.replace(/^http/, 'ws')}/chat/socket/`, {
    auth: handshake,
    connected() {
      heard.connection('online');
      // The server speaks first; if that is lost, we ask.
      later = setTimeout(() => void resume(), 2_000);
    },
    lost(before) {
      told = false;
      clearTimeout(later);
      // A moment without a connection is not worth a word; a second failure is.
      heard.connection(before && navigator.onLine ? 'connecting' : 'offline');
    },
    refused(message, data) {
      const { code } = (data ?? {}) as { code?: string };
      heard.connection('refused');
      heard.refused(message);
      if (code === 'rate.limited') later = setTimeout(() => wire.connect(), 15_000);
    },
    event(name, value) {
      if (name === 'update') hear(value as Update);
      if (name === 'typing') heard.typing((value as { name?: string }).name);
      if (name === 'refused') {
        close();
        heard.connection('refused');
        heard.refused((value as { message: string }).message);
      }
    },
  });

  // A socket does not notice for half a minute that the network has changed, or that the machine has slept: begin anew.
  const renew = () => wire.renew();
  let asking = false;
  const check = () => {
    if (document.hidden || !wire.standing || asking) return;
    asking = true;
    void resume()
      .catch(renew)
      .finally(() => (asking = false));
  };
  addEventListener('online', renew);
  addEventListener('offline', renew);
  document.addEventListener('visibilitychange', check);

  return {
    connect() {
      if (!wire.standing) heard.connection('connecting');
      wire.connect();
    },
    ready() {
      if (closed) return Promise.reject(new Error('closed'));
      if (told) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('too late')), 10_000);
        waiting.push((fault) => {
          clearTimeout(timer);
          if (fault) reject(fault);
          else resolve();
        });
      });
    },
    send: (outgoing) => wire.ask('message', outgoing) as Promise<Acknowledgement>,
    typing: () => wire.tell('typing'),
    check,
    transcript: (to) => wire.ask('transcript', to) as Promise<Mailed>,
    async end() {
      if (wire.standing) await Promise.race([wire.ask('end').catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 2_000))]);
    },
    close,
  };

  async function resume(): Promise<void> {
    hear((await wire.ask('resume', (await handshake()).after ?? null)) as Update);
  }

  function hear(update: Update): void {
    if (closed) return;
    clearTimeout(later);
    heard.update(update);
    told = true;
    for (const go of waiting.splice(0)) go();
  }

  function close(): void {
    closed = true;
    clearTimeout(later);
    removeEventListener('online', renew);
    removeEventListener('offline', renew);
    document.removeEventListener('visibilitychange', check);
    wire.close();
    for (const go of waiting.splice(0)) go(new Error('closed'));
  }
}

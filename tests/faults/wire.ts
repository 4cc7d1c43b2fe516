import { once } from 'node:events';
import net from 'node:net';

/** Where a process is held: before it is allowed a statement, or before it learns that one is done. */
export interface Point {
  moment: 'before' | 'after';
  /** Judges the statements of a transaction so far (the last is the one that is asked for, or the commit). */
  reached(statements: string[]): boolean;
}

/** PostgreSQL as one process sees it: every byte passes here, so that the process can be held at a named point from outside. */
export interface Wire {
  url: string;
  /** Resolves when a transaction of the process has reached the point; from then on its connection is silent. */
  hold(point: Point): Promise<void>;
  close(): Promise<void>;
}

// The four named points of DESIGN §7, by the statements that stand around them.
const last = (statements: string[]) => statements.at(-1) ?? '';
export const points: Record<'before the insert' | 'after the commit' | 'before a send' | 'after the remote accept', Point> = {
  'before the insert': { moment: 'before', reached: (all) => last(all).includes('heard_seq = case') },
  'after the commit': {
    moment: 'after',
    reached: (all) => (/^commit/i.test(last(all)) || all.length === 1) && all.some((each) => each.includes('heard_seq = case')),
  },
  'before a send': {
    moment: 'after',
    // A claim, or a settled turn whose first reply is claimed with it.
    reached: (all) =>
      (last(all).includes('update message set') && last(all).includes('attempts = attempts + 1')) ||
      (last(all).includes('handled_seq = held.handled') && last(all).includes('attempts, lease_until')),
  },
  'after the remote accept': { moment: 'before', reached: (all) => last(all).includes('sent_at = case') },
};

/** Opens a wire to the server of `target`. */
export async function openWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const open = new Set<net.Socket>();
  let waiting: { point: Point; arrived(): void } | undefined;

  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let statements: string[] = [];
    let held = false;
    let finishing: (() => void) | undefined;
    const read = createReader((statement) => {
      // Outside a transaction each statement stands alone.
      if (!/^begin/i.test(statements[0] ?? '') || /^(commit|rollback)/i.test(last(statements))) statements = [];
      statements.push(statement);
      if (held || !waiting?.point.reached(statements)) return;
      const { point, arrived } = waiting;
      waiting = undefined;
      if (point.moment === 'before') {
        held = true;
        arrived();
      } else {
        finishing = arrived;
      }
    });
    client.on('data', (data) => {
      read(data);
      if (!held) upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (finishing) {
        held = true;
        finishing();
        finishing = undefined;
      }
      if (!held) client.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    url: url.href,
    hold: (point) => new Promise((arrived) => (waiting = { point, arrived })),
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Reads the statements of a client (PostgreSQL, "Message Formats": Query, Parse, and Bind of one that was named before), whatever pieces its bytes come in. */
function createReader(found: (statement: string) => void): (data: Buffer) => void {
  let rest = Buffer.alloc(0);
  let started = false;
  const named = new Map<string, string>();
  return (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      // The first message has no type.
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      const body = rest.subarray(head + 4, end);
      if (started && rest[0] === 0x51) found(text(body, 0));
      if (started && rest[0] === 0x50) {
        const [name, statement] = [text(body, 0), text(body, body.indexOf(0) + 1)];
        if (name) named.set(name, statement);
        else found(statement);
      }
      const bound = started && rest[0] === 0x42 ? named.get(text(body, body.indexOf(0) + 1)) : undefined;
      if (bound) found(bound);
      started = true;
      rest = rest.subarray(end);
    }
  };
}

function text(body: Buffer, from: number): string {
  return body.toString('utf8', from, body.indexOf(0, from));
}

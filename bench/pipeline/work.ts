import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { type Channel, plainCapabilities } from '../../src/conversation/channel.ts';
import { createAtOnce } from '../../src/delivery/at-once.ts';
import { createInbox, type Receive } from '../../src/delivery/inbox.ts';
import { createLookHere } from '../../src/delivery/look-here.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { openQueues, type Queues } from '../../src/delivery/queues.ts';
import { createTurns, turnsAtOnce } from '../../src/delivery/turns.ts';
import { createKnown } from '../../src/dialogue/known.ts';
import { createDialogue } from '../../src/dialogue/turn.ts';
import { createLine } from '../../src/handoff/line/line.ts';
import { createNoticesFor } from '../../src/handoff/notice.ts';
import { createKnowledgeSource } from '../../src/kb/watch.ts';
import { createLog } from '../../src/log.ts';
import { createVault } from '../../src/privacy/vault.ts';
import { openStore, type Store } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrate.ts';
import { loadWords } from '../../src/words.ts';

/** Servers and settings of one run. */
export interface Place {
  databaseUrl: string;
  redisUrl?: string;
  /** Quiet time, milliseconds. */
  quietMs: number;
}

/** The same parts as src/app.ts puts together, without HTTP, with a channel that only notes when it was handed a reply. */
export interface Work {
  store: Store;
  queues: Queues;
  receive: Receive;
  /** Takes turns and sends, in this process. */
  work(handed: (address: string, at: number) => void): Promise<void>;
  /** Does the bare loop's half: a row for each job. */
  workBare(done: (id: string) => void): void;
  close(): Promise<void>;
}

/** Opens them; the knowledge is the shipped one. */
export async function openWork({ databaseUrl, redisUrl, quietMs }: Place): Promise<Work> {
  const log = createLog('error');
  const store = openStore(databaseUrl, log);
  await migrate(store);
  const { db } = store;
  const queues = await openQueues({ databaseUrl, redisUrl, log });
  const lookHere = createLookHere({ wake: queues.wake, log });
  let stopKnowledge = () => {};
  const vault = createVault(process.env.BENCH_SECRET ?? randomBytes(32).toString('hex'));
  return {
    store,
    queues,
    receive: createInbox({ db, queues, log, vault, quiet: () => quietMs, lookHere }),
    async work(handed) {
      const source = await createKnowledgeSource(path.join(import.meta.dirname, '../../knowledge'), log);
      const known = await createKnown(source, { cacheDir: path.join(os.tmpdir(), 'destek-bench-cache'), log });
      stopKnowledge = () => {
        known.stop();
        source.stop();
      };
      const channel: Channel = {
        name: 'bench',
        label: 'Bench',
        capabilities: { ...plainCapabilities, choices: 12, markup: true },
        start: async () => {},
        stop: async () => {},
        send: async (address) => {
          handed(address, Date.now());
          return {};
        },
      };
      const onTurn = createDialogue({
        db,
        line: createLine(queues),
        words: loadWords(),
        known: known.current,
        live: () => true,
        isPublic: () => false,
        notices: createNoticesFor(db, log),
        links: { plan: () => undefined },
        receipt: () => '',
      });
      const send = createOutbox({ db, channel, log });
      const atOnce = createAtOnce({ senders: new Map([[channel.name, send]]), wake: queues.wake, log });
      const look = createTurns({ db, queues, log, onTurn, atOnce, quiet: { afterLastMs: () => quietMs, atMostMs: 4_000 } });
      queues.work('turns', look, turnsAtOnce);
      lookHere.by(look);
      queues.work('deliveries-bench', (key) => send(key), 16);
    },
    workBare(done) {
      queues.work('bare', async (id) => {
        await store.pool.query('insert into bare_reply (message_id, text) values ($1, $2)', [id, 'an answer']);
        done(id);
        return undefined;
      });
    },
    async close() {
      stopKnowledge();
      await lookHere.close();
      await queues.close();
      await store.close();
    },
  };
}

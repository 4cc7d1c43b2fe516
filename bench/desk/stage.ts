import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createInbox } from '../../src/delivery/inbox.ts';
import { openQueues } from '../../src/delivery/queues.ts';
import { addAgent } from '../../src/handoff/agents/agent.ts';
import { startSignIn } from '../../src/handoff/agents/sign-in.ts';
import { createLog } from '../../src/log.ts';
import { createVault } from '../../src/privacy/vault.ts';
import { openStore } from '../../src/store/connection.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { atDesk, type DeskAgent } from '../../tests/setup/desk.ts';
import { until } from '../../tests/setup/until.ts';

/** The real app with all of its parts, agents who are signed in, and contacts whose tickets wait or are with them. */
export interface DeskBench {
  url: string;
  agents: DeskAgent[];
  /** When each message was given to the server, by its text. */
  sent: Map<string, number>;
  /** When the newest message of a ticket was. */
  newest: Map<number, number>;
  /** The next contact in turn writes; resolves when it is durable. */
  write(n: number): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts it on a database of its own: half of the tickets wait, the others are spread over the agents. */
export async function openStage(agentCount: number, ticketCount: number): Promise<DeskBench> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'destek-bench-desk-'));
  const postgres = await startEmbedded({ dataDir: path.join(dataDir, 'database'), log: createLog('error') });
  const env = {
    DATABASE_URL: postgres.url,
    SECRET_KEY: 'a secret key for a bench, nothing else at all',
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'error',
  };
  const app = await startApp(readConfig(env), createLog('error'));
  const store = openStore(postgres.url, createLog('error'));
  const url = app.url ?? '';
  const agents: DeskAgent[] = [];
  for (let n = 0; n < agentCount; n += 1) {
    const email = `agent${n}@demobet.example`;
    const departments = ['support', 'finance', 'verification', 'safety'];
    const who = await addAgent(store.db, { email, name: `Agent ${n}`, role: 'agent', departments, languages: ['en'] });
    agents.push(await atDesk({ url }, `destek_desk=${(await startSignIn(store.db, who, 'link')).token}`));
  }
  const queues = await openQueues({ databaseUrl: postgres.url, log: createLog('error') });
  const vault = createVault(env.SECRET_KEY);
  // As a process of its own that only receives would: no chat page takes part.
  const receive = createInbox({ db: store.db, queues, vault, log: createLog('error'), quiet: () => 0 });
  const say = (who: number, text: string) =>
    receive('web', { event: 'message', address: `visitor-${who}`, message: { type: 'message', id: randomUUID(), text } });
  const tickets: number[] = [];
  for (let n = 0; n < ticketCount; n += 1) {
    await say(n, '/human');
    const ticketId = await until(async () => {
      const { rows } = await store.pool.query<{ id: string }>(
        'select t.id from ticket t join address a on a.contact_id = t.contact_id where a.value = $1',
        [`visitor-${n}`],
      );
      return Number(rows[0]?.id ?? 0);
    }, 30_000);
    if (n % 2) await agents[n % agents.length]?.call('POST', `/api/desk/tickets/${ticketId}/claim`, {});
    tickets.push(ticketId);
  }
  const sent = new Map<string, number>();
  const newest = new Map<number, number>();
  return {
    url,
    agents,
    sent,
    newest,
    write(n) {
      const who = n % tickets.length;
      const text = `message number ${n} of the bench`;
      sent.set(text, performance.now());
      newest.set(tickets[who] ?? 0, performance.now());
      return say(who, text);
    },
    async close() {
      await queues.close();
      await store.close();
      await app.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

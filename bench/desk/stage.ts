import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { addAgent } from '../../src/handoff/agent.ts';
import { startSignIn } from '../../src/handoff/sign-in.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/connection.ts';
import { startEmbedded } from '../../src/store/embedded.ts';
import { atDesk, type DeskAgent } from '../../tests/setup/desk.ts';
import { until } from '../../tests/setup/until.ts';
import { type Visitor, visit } from '../../tests/setup/visitor.ts';

/** The real app with all of its parts, agents who are signed in, and visitors whose tickets people have. */
export interface DeskBench {
  url: string;
  agents: DeskAgent[];
  /** When each message was given to the server, by its text. */
  sent: Map<string, number>;
  /** When the newest message of a ticket was. */
  newest: Map<number, number>;
  /** The next visitor in turn writes. */
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
  const visitors: { visitor: Visitor; ticketId: number }[] = [];
  for (let n = 0; n < ticketCount; n += 1) {
    const visitor = await visit(url, { language: 'en' });
    await visitor.send('/human');
    const number = await until(() => visitor.state()?.ticket?.number, 30_000);
    const { rows } = await store.pool.query<{ id: string }>('select id from ticket where number = $1', [number]);
    const ticketId = Number(rows[0]?.id);
    if (n % 2) await agents[n % agents.length]?.call('POST', `/api/desk/tickets/${ticketId}/claim`, {});
    visitors.push({ visitor, ticketId });
  }
  const sent = new Map<string, number>();
  const newest = new Map<number, number>();
  return {
    url,
    agents,
    sent,
    newest,
    write(n) {
      const writes = visitors[n % visitors.length];
      const text = `message number ${n} of the bench`;
      sent.set(text, performance.now());
      newest.set(writes?.ticketId ?? 0, performance.now());
      return writes?.visitor.send(text) ?? Promise.resolve();
    },
    async close() {
      for (const { visitor } of visitors) visitor.close();
      await store.close();
      await app.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

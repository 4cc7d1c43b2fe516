import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChannelUnderTest } from '../bots/contract.ts';
import { openDiscord } from '../bots/discord/under-test.ts';
import { hasDovecot } from '../bots/email/dovecot.ts';
import { openEmail } from '../bots/email/under-test.ts';
import { openTelegram } from '../bots/telegram/under-test.ts';
import { openWeb } from '../bots/web/under-test.ts';
import { signIn } from '../setup/desk.ts';
import { smallKnowledge } from '../setup/small-knowledge.ts';
import { until } from '../setup/until.ts';

// Finance opens in two days for an hour, whatever day the test runs on.
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const opensOn = days[(new Date().getUTCDay() + 2) % 7];
const departments = `- { id: support, name: { tr: Destek, en: Support, az: Dəstək } }
- { id: finance, name: { tr: Finans, en: Finance, az: Maliyyə }, hours: { zone: UTC, week: { ${opensOn}: ["09:00-10:00"] } } }
`;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'destek-tests-'));
  await cp(smallKnowledge, dir, { recursive: true });
  await writeFile(path.join(dir, 'departments.yaml'), departments);
});
afterAll(() => rm(dir, { recursive: true }));

const channels: [string, (settings: Record<string, string>) => Promise<ChannelUnderTest>][] = [
  ['web', openWeb],
  ['telegram', openTelegram],
  ['discord', openDiscord],
  ...(hasDovecot ? ([['email', openEmail]] as const).map(([name, open]): (typeof channels)[number] => [name, open]) : []),
];

test.each(channels)(
  '%s: through a long conversation every message has one automatic answer, or rightly none',
  { timeout: 90_000 },
  async (_, open) => {
    const under = await open({ KNOWLEDGE_DIR: dir });
    const { app } = under;
    const suna = await signIn(app, { role: 'supervisor' });
    const { write, press, arrived } = await under.contact();
    const count = async (authors: string[]) => {
      const rows = await app.query<{ n: number }>('select count(*)::int as n from message where author = any($1)', [authors]);
      return rows[0]?.n ?? 0;
    };
    let [seen, automatic] = [0, 0];
    /** What people at the desk did, and how many messages the contact had from it. */
    const then = async (what: string, act: () => Promise<unknown>, { expected, byUs }: { expected: number; byUs: boolean }) => {
      await act();
      await until(() => arrived().length >= seen + expected);
      await new Promise((resolve) => setTimeout(resolve, expected === 0 ? 800 : 400));
      expect(`${what}: ${arrived().length - seen}`).toBe(`${what}: ${expected}`);
      seen += expected;
      if (byUs) automatic += expected;
      expect(await count(['bot', 'system'])).toBe(automatic);
      return arrived().at(-1) ?? '';
    };
    const said = async (what: string, act: () => Promise<unknown>, expected: number) => {
      const heard = await count(['contact']);
      const both = async () => {
        await act();
        await until(async () => (await count(['contact'])) === heard + 1);
      };
      return then(what, both, { expected, byUs: true });
    };
    const act = (name: string, body: object = {}) => suna.call('POST', `/api/desk/tickets/${ticketId}/${name}`, body);
    let ticketId = 0;
    try {
      const first = await said('the first message', () => write('how long does a withdrawal take?'), 1);
      expect(first).toMatch(/automatic assistant[\s\S]*24 hours/);
      expect(await said('one that is not clear', () => write('can zebras whistle underwater?'), 1)).toMatch(/reliable answer/);
      const handover = await said('a handover out of hours', () => write('my withdrawal is late'), 1);
      expect(handover).toMatch(/date and amount[\s\S]*\d{4,}-[A-Z][\s\S]*open again/);
      await said('while they wait', () => write('hello?'), 0);
      await said('a question while they wait', () => write('how do I reset my password?'), 0);
      ticketId = (await until(async () => (await suna.list('all')).tickets[0])).id;
      await then('taken', () => act('claim'), { expected: 0, byUs: true });
      const { heardSeq } = await suna.open(ticketId);
      const reply = () => act('reply', { id: randomUUID(), text: 'Your money is on its way.', seenSeq: heardSeq });
      await then('an agent’s answer', reply, { expected: 1, byUs: false });
      await said('to an agent', () => write('I see it now'), 0);
      const farewell = await then('resolved', () => act('resolve', { outcome: 'solved' }), { expected: 1, byUs: true });
      expect(farewell).toMatch(/closed[\s\S]*solved\?/);
      await said('the survey’s first answer', () => press(/Yes/), 1);
      await said('the second', () => press(/5/), 1);
      expect(await said('the last', () => write('quick and kind'), 1)).toMatch(/feedback/);
      const again = await said('a matter after that', () => write('I forgot my password'), 1);
      expect(again).not.toMatch(/automatic assistant/);
      // Letters go on with the case, and people have it then.
      const [{ owner } = { owner: '' }] = await app.query<{ owner: string }>('select owner from conversation order by id desc limit 1');
      await said('and the next', () => write('how long does a withdrawal take?'), owner === 'bot' ? 1 : 0);
    } finally {
      await under.end();
    }
  },
);

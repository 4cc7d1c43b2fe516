import { afterEach, expect, test } from 'vitest';
import { until } from '../../setup/until.ts';
import { saying, startTogether, stored, type Together } from './setup.ts';

let both: Together;
afterEach(() => both.end());
const texts = async (like: string) => (await stored(both, like)).map(({ text }) => text);
const count = async (like: string, n: number, withinMs?: number) => until(async () => (await texts(like)).length >= n, withinMs);

test('a cut connection is resumed, and what was written meanwhile arrives once and in order', async () => {
  both = await startTogether();
  const { discord } = both;
  const person = discord.person();
  discord.write(person, 'cut 0');
  await count('cut%', 1);
  discord.gateway.away = true;
  discord.gateway.drop();
  for (const n of [1, 2, 3]) discord.write(person, `cut ${n}`);
  discord.gateway.away = false;
  await count('cut%', 4);
  expect(await texts('cut%')).toEqual(['cut 0', 'cut 1', 'cut 2', 'cut 3']);
  expect(discord.gateway.seen).toMatchObject({ identified: 1, invalid: 0 });
  expect(discord.gateway.seen.resumed).toHaveLength(1);
});

test('asked to reconnect, it resumes', async () => {
  both = await startTogether();
  const { discord } = both;
  discord.gateway.reconnect();
  await until(() => discord.gateway.seen.resumed.length === 1);
  const person = discord.person();
  discord.write(person, 'again 1');
  await count('again%', 1);
});

test('a connection that says nothing any more is noticed by its heartbeats and resumed', async () => {
  both = await startTogether({}, { heartbeatMs: 400 });
  const { discord } = both;
  const { seen } = discord.gateway;
  await until(() => seen.heartbeats >= 2);
  discord.gateway.deaf = true;
  const person = discord.person();
  discord.write(person, 'deaf 1');
  await until(() => seen.closes.length > 0);
  discord.gateway.deaf = false;
  await count('deaf%', 1);
  expect(seen).toMatchObject({ identified: 1, resumed: [{ replayed: 1 }] });
});

test('a session that is gone is begun anew, and what was missed is fetched before what is new', async () => {
  both = await startTogether();
  const { discord } = both;
  const person = discord.person();
  const channel = discord.channel();
  discord.write(person, 'gone 000');
  discord.write(person, `<@${discord.me}> gone public 0`, { channel });
  await count('gone%', 2);
  discord.gateway.away = true;
  discord.gateway.drop();
  discord.gateway.forget();
  for (let n = 1; n <= 130; n++) discord.write(person, `gone ${String(n).padStart(3, '0')}`);
  discord.write(discord.person('Bora'), 'not for the bot', { channel });
  discord.write(person, `<@${discord.me}> gone public 1`, { channel });
  discord.gateway.away = false;
  await until(() => discord.gateway.seen.identified === 2, 20_000);
  discord.write(person, 'gone 131');
  await count('gone 1%', 32, 20_000);
  await count('gone public%', 2);
  expect(await texts('gone ___')).toEqual(Array.from({ length: 132 }, (_, n) => `gone ${String(n).padStart(3, '0')}`));
  expect(await texts('not for%')).toEqual([]);
  expect(discord.gateway.seen.invalid).toBe(1);
}, 40_000);

test('the next start resumes the session of the last one: nothing is lost, edits and channels never seen included', async () => {
  both = await startTogether();
  const { discord, app } = both;
  const person = discord.person();
  const channel = discord.channel();
  const message = discord.write(person, 'start 1');
  await count('start%', 1);
  await app.stop();
  expect(discord.gateway.seen.closes).toEqual([4200]);
  discord.edit(person, message, 'start 1 edited');
  discord.write(person, 'start 2');
  discord.write(person, `<@${discord.me}> public 1`, { channel });
  await app.restart();
  await count('start%', 2);
  await count('public%', 1);
  expect(await texts('start%')).toEqual(['start 1 edited', 'start 2']);
  expect(discord.gateway.seen).toMatchObject({ identified: 1, invalid: 0 });
});

test('what the store could not take is not lost: it waits, and after a stop it comes again', async () => {
  both = await startTogether();
  const { discord, app } = both;
  const person = discord.person();
  discord.write(person, 'store 1');
  await count('store%', 1);
  await app.query('alter table message rename to message_away');
  discord.write(person, 'store 2');
  const press = discord.command(person, 'ask', { question: 'store 3' });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(discord.state.answers.has(press)).toBe(false);
  await app.query('alter table message_away rename to message');
  await count('store%', 3);
  expect(await texts('store%')).toEqual(['store 1', 'store 2', 'store 3']);

  await app.query('alter table message rename to message_away');
  discord.write(person, 'store 4');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await app.stop();
  // The session is gone too, so only what was last seen in the channel helps.
  discord.gateway.forget();
  await app.query('alter table message_away rename to message');
  await app.restart();
  await count('store%', 4);
  expect(await texts('store%')).toEqual(['store 1', 'store 2', 'store 3', 'store 4']);
}, 30_000);

test('a send whose answer was lost is repeated and shown once', async () => {
  both = await startTogether();
  const { discord, app } = both;
  const person = discord.person();
  discord.trouble({ method: 'POST', path: /\/messages$/, times: 2, does: 'lost' });
  discord.write(person, 'how long does a withdrawal take');
  await saying(both, person.direct, /24 hours/);
  await until(async () => (await app.query(`select 1 from message where author = 'bot' and delivery = 'sent'`)).length === 2);
  expect(discord.said(person.direct)).toHaveLength(2);
  expect(await app.query(`select 1 from message where delivery = 'uncertain'`)).toEqual([]);
  expect(discord.seen.requests.filter(({ path }) => path.endsWith(`${person.direct}/messages`)).length).toBeGreaterThan(2);
});

test('limits, server faults and cut connections delay replies, and never reorder them', async () => {
  both = await startTogether();
  const { discord } = both;
  const person = discord.person();
  const path = new RegExp(`/${person.direct}/messages$`);
  const limit = {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: 1.5, global: false },
    headers: { 'retry-after': '2', 'x-ratelimit-scope': 'user' },
  };
  discord.trouble(
    { method: 'POST', path, times: 2, does: limit },
    { method: 'POST', path, times: 1, does: { status: 502, body: {} } },
    { method: 'POST', path, times: 1, does: 'cut' },
  );
  discord.write(person, 'how long does a withdrawal take');
  await saying(both, person.direct, /24 hours/, 20_000);
  const said = discord.said(person.direct).map(({ content }) => content);
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(/automatic assistant/);
  const tries = discord.seen.requests.filter((request) => request.method === 'POST' && path.test(request.path));
  expect((tries[1]?.at ?? 0) - (tries[0]?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
}, 30_000);

test('a process without the role sends, and leaves the gateway alone', async () => {
  both = await startTogether();
  const { discord, app } = both;
  await app.stop();
  const before = { ...discord.gateway.seen };
  const { startApp } = await import('../../../src/app.ts');
  const { readConfig } = await import('../../../src/config.ts');
  const { createLog } = await import('../../../src/log.ts');
  const env = {
    DATABASE_URL: app.databaseUrl,
    SECRET_KEY: 'a secret key for tests, nothing else at all',
    DATA_DIR: app.dataDir,
    KNOWLEDGE_DIR: app.knowledgeDir,
    PORT: '0',
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_API_ROOT: discord.root,
    ROLES: 'turns,deliveries',
  };
  const sender = await startApp(readConfig(env), createLog('silent'));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(discord.gateway.seen).toEqual(before);
  await sender.stop();
});

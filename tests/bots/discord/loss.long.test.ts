import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../setup/until.ts';
import { saying, startTogether, stored, type Together } from './setup.ts';

let both: Together;
beforeAll(async () => {
  both = await startTogether({}, { heartbeatMs: 1_000 });
});
afterAll(() => both.end());
/** How often a session was begun, resumed and refused since `before`. */
const since = (before: { identified: number; resumed: object[]; invalid: number }) => {
  const { identified, resumed, invalid } = both.discord.gateway.seen;
  return { identified: identified - before.identified, resumed: resumed.length - before.resumed.length, invalid: invalid - before.invalid };
};
const now = () => structuredClone(both.discord.gateway.seen);
// Starts and waits of a loaded machine.
const patient = 90_000;
const texts = async (like: string) => (await stored(both, like)).map(({ text }) => text);
const count = async (like: string, n: number, withinMs?: number) => until(async () => (await texts(like)).length >= n, withinMs);

test(
  'a cut connection is resumed, and what was written meanwhile arrives once and in order',
  async () => {
    const { discord } = both;
    const person = discord.person();
    discord.write(person, 'cut 0');
    await count('cut%', 1);
    const before = now();
    discord.gateway.away = true;
    discord.gateway.drop();
    for (const n of [1, 2, 3]) discord.write(person, `cut ${n}`);
    discord.gateway.away = false;
    await count('cut%', 4);
    expect(await texts('cut%')).toEqual(['cut 0', 'cut 1', 'cut 2', 'cut 3']);
    expect(since(before)).toEqual({ identified: 0, resumed: 1, invalid: 0 });
  },
  patient,
);

test(
  'asked to reconnect, it resumes',
  async () => {
    const { discord } = both;
    const before = now();
    discord.gateway.reconnect();
    await until(() => since(before).resumed === 1);
    const person = discord.person();
    discord.write(person, 'again 1');
    await count('again%', 1);
  },
  patient,
);

test(
  'a connection that says nothing any more is noticed by its heartbeats and resumed',
  async () => {
    const { discord } = both;
    const before = now();
    await until(() => discord.gateway.seen.heartbeats > before.heartbeats);
    discord.gateway.deaf = true;
    const person = discord.person();
    discord.write(person, 'deaf 1');
    await until(() => discord.gateway.seen.closes.length > before.closes.length);
    discord.gateway.deaf = false;
    await count('deaf%', 1);
    expect(since(before)).toEqual({ identified: 0, resumed: 1, invalid: 0 });
  },
  patient,
);

test(
  'a session that is gone is begun anew, and what was missed is fetched before what is new',
  async () => {
    const { discord } = both;
    const person = discord.person();
    const channel = discord.channel();
    discord.write(person, 'gone 000');
    discord.write(person, `<@${discord.me}> gone public 0`, { channel });
    await count('gone%', 2);
    const before = now();
    discord.gateway.away = true;
    discord.gateway.drop();
    discord.gateway.forget();
    for (let n = 1; n <= 130; n++) discord.write(person, `gone ${String(n).padStart(3, '0')}`);
    discord.write(discord.person('Bora'), 'not for the bot', { channel });
    discord.write(person, `<@${discord.me}> gone public 1`, { channel });
    discord.gateway.away = false;
    await until(() => since(before).identified === 1, 20_000);
    discord.write(person, 'gone 131');
    await count('gone 1%', 32, 40_000);
    await count('gone public%', 2);
    expect(await texts('gone ___')).toEqual(Array.from({ length: 132 }, (_, n) => `gone ${String(n).padStart(3, '0')}`));
    expect(await texts('not for%')).toEqual([]);
    expect(since(before).invalid).toBe(1);
  },
  patient,
);

test(
  'the next start resumes the session of the last one: nothing is lost, edits and channels never seen included',
  async () => {
    const { discord, app } = both;
    const person = discord.person();
    const channel = discord.channel();
    const message = discord.write(person, 'start 1');
    await count('start%', 1);
    const before = now();
    await app.stop();
    await until(() => discord.gateway.seen.closes.length > before.closes.length);
    expect(discord.gateway.seen.closes.slice(before.closes.length)).toEqual([4200]);
    discord.edit(person, message, 'start 1 edited');
    discord.write(person, 'start 2');
    discord.write(person, `<@${discord.me}> public 1`, { channel });
    await app.restart();
    await count('start%', 2, 30_000);
    await count('public%', 1);
    // An edit comes with what is replayed, which may be after what was fetched; had its turn been over, it asks anew, behind that.
    await count('start 1 edited', 1);
    expect((await texts('start%')).sort()).toEqual(['start 1 edited', 'start 2']);
    expect(since(before)).toEqual({ identified: 0, resumed: 1, invalid: 0 });
  },
  patient,
);

test(
  'a stop while a new session is still catching up loses nothing: neither what was missed before nor what nobody saw yet',
  async () => {
    const { discord, app } = both;
    const people = Array.from({ length: 40 }, () => discord.person());
    for (const person of people) discord.write(person, 'behind 1');
    await count('behind%', 40, 30_000);
    const channel = discord.channel();
    discord.gateway.away = true;
    discord.gateway.drop();
    discord.gateway.forget();
    for (const person of people) discord.write(person, 'behind 2');
    const before = now();
    // Of one channel nothing can be had before the stop, so that it always comes amid them.
    const held = { method: 'GET', path: new RegExp(`^/channels/${people[0]?.direct}/messages$`), times: 1_000, does: { status: 502 } };
    discord.trouble(held);
    discord.gateway.away = false;
    await count('behind 2', 3, 20_000);
    await app.stop();
    held.times = 0;
    expect((await texts('behind 2')).length).toBeLessThan(40);
    discord.write(people[0] as never, `<@${discord.me}> behind public`, { channel });
    await app.restart();
    await count('behind 2', 40, 30_000);
    await count('behind public', 1);
    expect((await texts('behind%')).length).toBe(81);
    expect(since(before)).toMatchObject({ identified: 1, resumed: 1 });
  },
  patient,
);

test(
  'what the store could not take is not lost: it waits, and after a stop it comes again',
  async () => {
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
    await count('store%', 4, 30_000);
    expect(await texts('store%')).toEqual(['store 1', 'store 2', 'store 3', 'store 4']);
  },
  patient,
);

test(
  'a send whose answer was lost is repeated and shown once',
  async () => {
    const { discord, app } = both;
    const person = discord.person();
    discord.trouble({ method: 'POST', path: new RegExp(`${person.direct}/messages$`), times: 2, does: 'lost' });
    discord.write(person, 'how long does a withdrawal take');
    await saying(both, person.direct, /24 hours/, 40_000);
    const states = () =>
      app.query<{ delivery: string }>(
        `select m.delivery from message m join address a on a.id = m.address_id where a.value = $1 and m.author = 'bot'`,
        [person.direct],
      );
    await until(async () => (await states()).every(({ delivery }) => delivery === 'sent'));
    expect(discord.said(person.direct)).toHaveLength(1);
    expect(await states()).toHaveLength(1);
    expect(discord.seen.requests.filter(({ path }) => path.endsWith(`${person.direct}/messages`)).length).toBeGreaterThan(2);
  },
  patient,
);

test(
  'limits, server faults and cut connections delay replies, and never reorder them',
  async () => {
    const { discord, app } = both;
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
    const decided = () =>
      app.query(`select 1 from message m join address a on a.id = m.address_id where a.value = $1 and m.author = 'bot'`, [person.direct]);
    await until(async () => (await decided()).length === 1);
    discord.write(person, 'I forgot my password');
    await saying(both, person.direct, /Forgot password/, 40_000);
    const said = discord.said(person.direct).map(({ content }) => content);
    expect(said).toEqual([expect.stringMatching(/24 hours/), expect.stringMatching(/Forgot password/)]);
    const tries = discord.seen.requests.filter((request) => request.method === 'POST' && path.test(request.path));
    expect((tries[1]?.at ?? 0) - (tries[0]?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  },
  patient,
);

test(
  'a process without the role sends, and leaves the gateway alone',
  async () => {
    const { discord, app } = both;
    const person = discord.person();
    const away = { method: 'POST', path: new RegExp(`${person.direct}/messages$`), times: 1_000, does: { status: 502, body: {} } };
    discord.trouble(away);
    discord.write(person, 'how long does a withdrawal take');
    await until(() => away.times < 1_000, 30_000);
    const { closes } = now();
    await app.stop();
    await until(() => discord.gateway.seen.closes.length > closes.length);
    const before = now();
    away.times = 0;
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
    await saying(both, person.direct, /24 hours/, 40_000);
    expect(discord.gateway.seen).toEqual(before);
    await sender.stop();
  },
  patient,
);

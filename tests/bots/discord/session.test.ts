import { expect, test } from 'vitest';
import { createPositions } from '../../../src/bots/discord/positions.ts';
import { createSessions } from '../../../src/bots/discord/session.ts';

function memory() {
  const kept = new Map<string, string>();
  const cursor = {
    get: async <T>(name: string) => (kept.has(name) ? (JSON.parse(kept.get(name) ?? '') as T) : undefined),
    set: async (name: string, value: unknown) => void kept.set(name, JSON.stringify(value)),
    list: async <T>(prefix: string) =>
      new Map(
        [...kept].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), JSON.parse(value) as T]),
      ),
  };
  return { kept, cursor };
}
const info = (sessionId: string, sequence: number) => ({ sessionId, sequence, shardId: 0, shardCount: 1, resumeURL: 'ws://x' });

test('a session is resumed from the first event that is not durable', async () => {
  const { cursor } = memory();
  const sessions = createSessions({ cursor }, 'bot');
  sessions.update(0, info('a', 1));
  const first = sessions.begin(0, 1);
  // Who the bot is may not be kept yet.
  expect(await sessions.retrieve(0)).toBeNull();
  const second = sessions.begin(0, 2);
  first();
  expect(await sessions.retrieve(0)).toMatchObject({ sequence: 1 });
  sessions.update(0, info('a', 3));
  const third = sessions.begin(0, 3);
  third();
  expect(await sessions.retrieve(0)).toMatchObject({ sequence: 1 });
  second();
  expect(await sessions.retrieve(0)).toMatchObject({ sequence: 3 });
  await sessions.flush();

  const next = createSessions({ cursor }, 'bot');
  await next.load();
  expect(await next.retrieve(0)).toMatchObject({ sessionId: 'a', sequence: 3 });
  const other = createSessions({ cursor }, 'another bot');
  await other.load();
  expect(await other.retrieve(0)).toBeNull();
});

test('whoever resumes a session fetches what was missed before it, until that is done', async () => {
  const { cursor } = memory();
  const sessions = createSessions({ cursor }, 'bot');
  expect(sessions.behind()).toBe(false);
  sessions.update(0, info('a', 1));
  sessions.begin(0, 1)();
  const done = sessions.catchUp(0);
  await sessions.flush();
  const next = createSessions({ cursor }, 'bot');
  await next.load();
  expect(await next.retrieve(0)).toEqual(info('a', 1));
  expect(next.behind()).toBe(true);
  next.catchUp(0)();
  await next.flush();
  const last = createSessions({ cursor }, 'bot');
  await last.load();
  expect(last.behind()).toBe(false);

  sessions.update(0, info('b', 1));
  done();
  expect(sessions.behind()).toBe(true);
});

test('what ends late of an old session does not end the new one’s events', async () => {
  const sessions = createSessions(memory(), 'bot');
  sessions.update(0, info('a', 1));
  sessions.begin(0, 1)();
  const old = sessions.begin(0, 3);
  sessions.update(0, info('b', 1));
  sessions.begin(0, 1)();
  sessions.begin(0, 3);
  old();
  expect(await sessions.retrieve(0)).toMatchObject({ sessionId: 'b', sequence: 2 });
});

test('ending the connection keeps the session and keeps discord.js from connecting again', async () => {
  const { kept, cursor } = memory();
  const sessions = createSessions({ cursor }, 'bot');
  sessions.update(0, info('a', 5));
  sessions.begin(0, 5)();
  sessions.close();
  sessions.update(0, null);
  await sessions.flush();
  expect(kept.get('session:bot:0')).toContain('"sequence":5');
  const answer = await Promise.race([sessions.retrieve(0), new Promise((resolve) => setTimeout(resolve, 20, 'none'))]);
  expect(answer).toBe('none');
});

test('positions: new channels at once, steps with the flush, never backwards', async () => {
  const { kept, cursor } = memory();
  const positions = createPositions({ cursor });
  await positions.note('9', '5');
  expect(positions.of('9')).toBeUndefined();
  await positions.note('1', '100', { server: false });
  expect(JSON.parse(kept.get('last:1') ?? '')).toMatchObject({ last: '100' });
  await positions.note('1', '99');
  await positions.note('1', '1000000000000000000001');
  expect(JSON.parse(kept.get('last:1') ?? '')).toMatchObject({ last: '100' });
  await positions.flush();
  expect(JSON.parse(kept.get('last:1') ?? '')).toMatchObject({ last: '1000000000000000000001' });
  positions.drop('1');
  await positions.flush();
  const next = createPositions({ cursor });
  await next.load();
  expect(next.all()).toEqual([]);
  await next.begin('1', '7', { server: false });
  await next.load();
  expect(next.of('1')).toMatchObject({ last: '7' });
});

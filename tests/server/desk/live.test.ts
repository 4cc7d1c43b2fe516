import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

test('a desk that was signed out elsewhere is disconnected at its next sign of life, and does not keep the agent online', async () => {
  const agent = await signIn(app);
  const live = await agent.live((await agent.list()).cursor);
  // Connected is not yet counted as seen: what they missed comes after that.
  await until(() => live.updates[0]);
  await agent.call('POST', '/api/desk/sign-out-everywhere');
  const [before] = await app.query<{ seen_at: Date }>('select seen_at from agent where id = $1', [agent.me.id]);
  live.socket.io.reconnection(false);
  live.socket.emit('beat');
  await until(() => !live.socket.connected);
  expect(await app.query('select seen_at from agent where id = $1', [agent.me.id])).toEqual([before]);
});

test('nobody hears of events without a sign-in', async () => {
  const connecting = new Promise((resolve, reject) => {
    const socket = io(app.url, { path: '/desk/socket', transports: ['websocket'], forceNew: true, reconnection: false });
    socket.once('connect', () => resolve('let in'));
    socket.once('connect_error', reject);
  });
  await expect(connecting).rejects.toThrow('sign-in.needed');
});

test('news of a ticket reach its department, its agent and supervisors; what a bot says to others reaches nobody', async () => {
  const [theirs, others, supervisor] = [
    await signIn(app, { departments: ['support'] }),
    await signIn(app, { departments: ['finance'] }),
    await signIn(app, { role: 'supervisor' }),
  ];
  const lives = await Promise.all([theirs, others, supervisor].map((agent) => agent.live()));
  const heard = (n: number) => lives[n]?.updates.flatMap(({ changes }) => changes) ?? [];
  const quiet = await visit(app.url, { language: 'en' });
  await quiet.send('how long does a payout take?');
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  await until(() => [0, 2].every((n) => heard(n).some(({ kind, data }) => kind === 'ticket' && data['state'] === 'waiting')));
  await visitor.send('are you there?');
  await until(() =>
    [0, 2].every((n) => heard(n).some(({ kind, data, ticketId }) => kind === 'message' && data['author'] === 'contact' && ticketId)),
  );
  expect(heard(1)).toEqual([]);
  expect(new Set([...heard(0), ...heard(2)].map(({ conversationId }) => conversationId)).size).toBe(1);
  for (const live of lives) live.close();
  quiet.close();
  visitor.close();
});

test('a desk that comes with a cursor of another database fetches anew, and neither it nor its neighbours go deaf', async () => {
  // As after a backup was put back: nobody is there yet who reads from where this database is.
  const own = await startTestApp();
  const agent = await signIn(own);
  const desks = [await agent.live('9000000000:5'), await agent.live('99999999999999999999:1')];
  for (const { updates } of desks) await until(() => updates.some(({ refetch }) => refetch));
  const visitor = await visit(own.url, { language: 'en' });
  await visitor.send('/human');
  for (const { updates } of desks) await until(() => updates.some(({ changes }) => changes.some(({ kind }) => kind === 'ticket')));
  for (const desk of desks) desk.close();
  visitor.close();
  await own.end();
});

test('a desk that missed more than can be told one by one is told to fetch anew, and goes on from now', async () => {
  const agent = await signIn(app);
  const { cursor } = await agent.list();
  const [talk] = await app.query<{ id: string }>('select id from conversation order by id limit 1');
  await app.query("insert into event (conversation_id, kind) select $1, 'message' from generate_series(1, 2001)", [talk?.id]);
  const live = await agent.live(cursor);
  const update = await until(() => live.updates.find(({ refetch }) => refetch));
  expect(update.changes).toEqual([]);
  expect(update.cursor).not.toBe(cursor);
  live.close();
});

test('a stop ends though chats are open and desks come back at once, again and again', async () => {
  const own = await startTestApp();
  const agent = await signIn(own);
  const visitor = await visit(own.url, { language: 'en' });
  const desks = await Promise.all(Array.from({ length: 20 }, () => agent.live()));
  // As a page does: a break at the server's side is followed by the next try.
  for (const { socket } of desks) {
    socket.io.reconnectionDelay(1);
    socket.io.reconnectionDelayMax(1);
    socket.on('disconnect', () => socket.connect());
  }
  await own.stop();
  for (const { socket } of desks) socket.disconnect();
  visitor.close();
  await own.end();
});

import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';
import { signIn } from '../setup/desk.ts';
import { until } from '../setup/until.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.end());

test('a desk that was signed out elsewhere is disconnected at its next sign of life, and does not keep the agent online', async () => {
  const agent = await signIn(app);
  const live = await agent.live();
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

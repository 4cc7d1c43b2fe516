import { once } from 'node:events';
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../setup/app.ts';

let app: TestApp;
afterEach(() => app.end());

// Node itself waits a minute for the first word, and for the rest of a request: longer than a test may take.
const cases: [string, string][] = [
  ['a connection on which nobody has said anything yet, as browsers open them', ''],
  ['a request that is never written to its end', 'POST /api/desk/sign-in HTTP/1.1\r\nhost: x\r\n'],
];
test.each(cases)(
  'a stop does not wait for %s',
  async (_, said) => {
    app = await startTestApp();
    const socket = net.connect(Number(new URL(app.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => {});
    if (said) await new Promise((resolve) => socket.write(said, resolve));
    // Somebody else is served meanwhile: what was written has been taken.
    expect((await fetch(`${app.url}/healthz`)).ok).toBe(true);
    const ended = once(socket, 'close');
    await app.stop();
    await ended;
  },
  20_000,
);

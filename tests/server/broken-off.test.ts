import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Log } from '../../src/log.ts';
import { createHttp, type Http } from '../../src/server/http.ts';
import { until } from '../setup/until.ts';

const logged: string[] = [];
let http: Http;
beforeAll(async () => {
  const log = Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map((level) => [level, (_: unknown, said: string) => logged.push(`${level}: ${said}`)]),
  ) as unknown as Log;
  http = await createHttp({ trustProxy: 0, log });
  http.addContentTypeParser('application/octet-stream', (_, payload, done) => done(null, payload));
  http.post('/take', async ({ body }) => {
    for await (const _ of body as AsyncIterable<Buffer>);
    throw new Error('ours');
  });
  await http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => http.close());

const send = () =>
  request({
    port: (http.server.address() as AddressInfo).port,
    path: '/take',
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': '1000' },
  }).on('error', () => undefined);

test('who breaks off amid an upload is no failure of ours; what fails of ours is told', async () => {
  const broken = send();
  broken.write('half');
  await new Promise((resolve) => http.server.once('request', resolve));
  broken.destroy();
  await until(() => logged.length > 0);
  expect(logged.splice(0)).toEqual(['info: request broken off']);
  const failing = send();
  failing.end('x'.repeat(1_000));
  await until(() => logged.length > 0);
  expect(logged).toEqual(['error: request failed']);
});

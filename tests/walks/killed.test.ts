import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { patient } from '../faults/patient.ts';
import { openWire, points, type Wire } from '../faults/wire.ts';
import { testEnv } from '../setup/app.ts';
import { type DestekProcess, startProcess } from '../setup/process.ts';

let server: DestekProcess;
let wire: Wire;
let env: Record<string, string>;
beforeAll(async () => {
  env = await testEnv();
  wire = await openWire(env.DATABASE_URL as string);
  server = await startProcess({ ...env, DATABASE_URL: wire.url });
});
afterAll(async () => {
  await server.end();
  await wire.close();
  await rm(env.DATA_DIR as string, { recursive: true, force: true });
});

test('killed between a message and its reply, the server gives the reply exactly once when it is back', { timeout: 60_000 }, async () => {
  const visitor = patient(server.url, env.SECRET_KEY as string);
  await visitor.ask();
  const held = wire.hold(points['after the commit']);
  const asking = visitor.ask();
  await held;
  await server.kill();
  await server.start();
  await asking;
  await visitor.ask();
  expect(visitor.faults()).toEqual([]);
  visitor.leave();
});

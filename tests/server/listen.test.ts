import { rm } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { testEnv } from '../setup/app.ts';

/** What a start that ends says. */
async function refusal(over: Record<string, string>): Promise<string> {
  const env = await testEnv(over);
  const said = await startApp(readConfig(env), createLog('silent')).then(
    () => 'started',
    (error: Error) => error.message,
  );
  await rm(env.DATA_DIR as string, { recursive: true, force: true });
  return said;
}

test('an address of another machine is told with what to set, not to stop another program', async () => {
  // 192.0.2.0/24 is nobody's (RFC 5737).
  expect(await refusal({ HOST: '192.0.2.1' })).toMatch(/^192\.0\.2\.1:0 is not an address of this machine\. Set HOST/);
});

test('a port that is taken is told with what to stop or set', async () => {
  const other = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  expect(await refusal({ PORT: `${port}` })).toBe(
    `127.0.0.1:${port} is in use by another program. Stop the other program, or set PORT to something else.`,
  );
  other.close();
});

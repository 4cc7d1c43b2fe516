import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/connection.ts';
import { readInstallation } from '../../src/store/installation.ts';
import { migrate } from '../../src/store/migrate.ts';
import { newDatabase } from '../setup/app.ts';

test('all processes of an installation know it by one name, and another has another', async () => {
  const open = async () => {
    const store = openStore(await newDatabase(), createLog('silent'), 4);
    await migrate(store);
    return store;
  };
  const [ours, theirs] = await Promise.all([open(), open()]);
  const names = await Promise.all([1, 2, 3].map(() => readInstallation(ours.db)));
  expect(names[0]).toMatch(/^[\w-]{36}$/);
  expect(new Set(names).size).toBe(1);
  expect(await readInstallation(theirs.db)).not.toBe(names[0]);
  await Promise.all([ours.close(), theirs.close()]);
});

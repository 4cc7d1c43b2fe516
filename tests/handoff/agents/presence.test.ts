import { afterAll, beforeAll, expect, test } from 'vitest';
import { beat, findGone, setPresence } from '../../../src/handoff/agents/presence.ts';
import { type House, openHouse } from '../house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const presence = async (id: number) =>
  (await house.query<{ presence: string }>(`select presence from agent where id = ${id}`))[0]?.presence;
const lose = async (id: number) => {
  await house.query(`update agent set seen_at = now() - interval '1 minute' where id = ${id}`);
  await findGone(house.db);
};

test.each(['online', 'away'] as const)(
  'who was %s and lost the connection counts as offline, and is that again when they are back',
  async (said) => {
    const { id } = await house.agent({ presence: said });
    await lose(id);
    expect(await presence(id)).toBe('offline');
    await lose(id);
    await beat(house.db, id);
    expect(await presence(id)).toBe(said);
  },
);

test('who said that they are back is online after the next loss too; who went offline begins anew', async () => {
  const { id } = await house.agent({ presence: 'away' });
  await setPresence(house.db, id, 'online');
  await lose(id);
  await beat(house.db, id);
  expect(await presence(id)).toBe('online');
  await setPresence(house.db, id, 'away');
  await setPresence(house.db, id, 'offline');
  await beat(house.db, id);
  expect(await presence(id)).toBe('online');
});

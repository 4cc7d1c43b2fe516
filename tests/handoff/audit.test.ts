import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAudit, listKinds } from '../../src/handoff/audit.ts';
import { rowsRead } from '../setup/rows-read.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

test('no page of the audit reads the whole history, whatever is asked', async () => {
  const [id, long] = [await house.handOver(), await house.handOver()];
  const { number } = await house.ticket(id);
  const [agent, other] = [await house.agent(), await house.agent()];
  await house.query(`
    insert into event (kind, data, conversation_id, at) select 'turn', '{}', conversation_id, now() - n * interval '1 second' from ticket, generate_series(1, 20000) n where id = ${long}`);
  await house.query(`
    insert into event (kind, data, agent_id, at) select 'sign-in', '{}', case when n % 20 = 0 then ${agent.id} else ${other.id} end, now() - n * interval '1 second' from generate_series(1, 2000) n`);
  await house.query('analyze');
  const cost = (filter: Parameters<typeof listAudit>[1]) => rowsRead(house.db, (db) => listAudit(db, filter, undefined, 50));
  for (const filter of [{}, { agentId: agent.id }, { kind: 'sign-in' }, { ticket: number as string }])
    expect(await cost(filter)).toBeLessThan(1_000);
  expect(await rowsRead(house.db, listKinds)).toBeLessThan(1_000);
});

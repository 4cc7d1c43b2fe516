import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAgentLoads, readDepartmentLoads } from '../../src/handoff/board.ts';
import { rowsRead } from '../setup/rows-read.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

test('the board costs what is open and who works, however long the history is', async () => {
  const agent = await house.agent();
  const id = await house.handOver();
  await house.query(`
    insert into ticket (number, conversation_id, contact_id, department, reason, language, state, line_at, first_answer_due, resolution_due, resolved_at, assignee_id)
      select 'old-' || n, conversation_id, contact_id, department, reason, language, 'resolved', line_at, first_answer_due, resolution_due, now(), ${agent.id}
      from ticket, generate_series(1, 4000) n where id = ${id}`);
  await house.query(`
    insert into event (kind, data, at) select 'ticket', '{"state":"breach","department":"support"}', now() - interval '30 days' from generate_series(1, 4000)`);
  await house.query('analyze');
  const since = new Date(Date.now() - 3_600_000);
  expect(await readDepartmentLoads(house.db, since)).toMatchObject([{ department: 'support', waiting: 1, open: 0, breaches: 0 }]);
  expect(await rowsRead(house.db, (db) => readDepartmentLoads(db, since))).toBeLessThan(50);
  expect(await rowsRead(house.db, (db) => readAgentLoads(db))).toBeLessThan(50);
});

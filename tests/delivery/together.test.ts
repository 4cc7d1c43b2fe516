import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { until } from '../setup/until.ts';
import { openPipes } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>>;

afterEach(async () => {
  await pipes.close();
});

const people = ['ada', 'ece', 'can'];

/** Holds the row of somebody's conversation until the given work is done. */
async function holding(address: string, work: () => Promise<void>): Promise<void> {
  await pipes.db.transaction(async (tx) => {
    await tx.execute(sql`update conversation set language = 'tr' where address_id = (select id from address where value = ${address})`);
    await work();
  });
}

const idOf = async (address: string) => (await pipes.conversation(address)).id;

test('strangers who write at once are each somebody, and who writes twice is one', async () => {
  pipes = await openPipes({ idle: true });
  const heard = await Promise.all([...people, 'ada'].map((address, n) => pipes.hear(address, `hello ${n}`)));
  expect(heard.map(({ seq }) => seq)).toEqual([1, 1, 1, 2]);
  const rows = await pipes.query(
    'select a.value, m.text, k.id is not null and length(k.key) > 0 as keyed from message m join address a on a.id = m.address_id join contact k on k.id = a.contact_id order by a.value, m.seq',
  );
  expect(rows).toEqual([
    { value: 'ada', text: 'hello 0', keyed: true },
    { value: 'ada', text: 'hello 3', keyed: true },
    { value: 'can', text: 'hello 2', keyed: true },
    { value: 'ece', text: 'hello 1', keyed: true },
  ]);
});

test('a repeat among new messages is a repeat, and the new ones are kept', async () => {
  pipes = await openPipes({ idle: true });
  await Promise.all(people.map((address) => pipes.hear(address, 'hello', { id: 'first' })));
  const again = await Promise.all(people.map((address) => pipes.hear(address, 'and', { id: address === 'ece' ? 'first' : 'second' })));
  expect(again.map(({ seq, repeated }) => ({ seq, repeated }))).toEqual([
    { seq: 2, repeated: false },
    { seq: 1, repeated: true },
    { seq: 2, repeated: false },
  ]);
  expect(await pipes.query("select count(*)::int as kept from message where text = 'and'")).toEqual([{ kept: 2 }]);
});

test('whose conversation somebody holds is waited for, and holds up nobody else', async () => {
  pipes = await openPipes({ idle: true });
  await Promise.all(people.map((address) => pipes.hear(address, 'hello')));
  const kept: string[] = [];
  const answered: string[] = [];
  const all: Promise<unknown>[] = [];
  await holding('ece', async () => {
    all.push(...people.map((address) => pipes.hear(address, 'still there?').then(() => kept.push(address))));
    await until(() => kept.length === 2);
  });
  await Promise.all(all);
  expect(kept).toEqual(['ada', 'can', 'ece']);
  const ids = await Promise.all(people.map(idOf));
  await holding('ece', async () => {
    all.push(...ids.map((id, n) => pipes.look.turn(id).then(() => answered.push(people[n] as string))));
    await until(() => answered.length === 2);
  });
  await Promise.all(all);
  expect(answered.at(-1)).toBe('ece');
  expect(await pipes.query("select text from message where author = 'bot'")).toEqual(people.map(() => ({ text: 'hello|still there?' })));
});

test('replies that are sent at once each have their end, and what is owed behind one goes out too', async () => {
  pipes = await openPipes({ idle: true });
  await Promise.all(people.map((address) => pipes.hear(address, 'hello')));
  const ids = await Promise.all(people.map(idOf));
  await Promise.all(ids.map(pipes.look.turn));
  await pipes.hear('ece', 'and this?');
  await pipes.look.turn(ids[1] as number);
  await Promise.all(ids.map(pipes.look.deliver));
  expect(pipes.sent.map(({ address, reply }) => `${address}: ${reply.text}`).toSorted()).toEqual([
    'ada: hello',
    'can: hello',
    'ece: and this?',
    'ece: hello',
  ]);
  const ends = await pipes.query(
    "select m.delivery, m.receipt -> 'externalIds' ->> 0 = 'out-' || m.id || '.0' as own, m.sent_at is not null as at, e.data ->> 'state' as told from message m left join event e on e.kind = 'delivery' and e.data ->> 'messageId' = m.id::text where author = 'bot'",
  );
  expect(ends).toEqual(Array.from({ length: 4 }, () => ({ delivery: 'sent', own: true, at: true, told: 'sent' })));
});

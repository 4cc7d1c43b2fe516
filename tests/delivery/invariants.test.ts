import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkInvariants } from '../../src/delivery/invariants.ts';
import { handoffInvariants } from '../../src/handoff/invariants.ts';
import { createLog } from '../../src/log.ts';
import { openPipes } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>>;
beforeAll(async () => {
  pipes = await openPipes({ idle: true });
});
afterAll(() => pipes.close());

let conversation: number;
let n = 0;
beforeEach(async () => {
  await pipes.query('delete from ticket');
  await pipes.query('delete from contact');
  await pipes.hear('visitor', 'hello');
  conversation = (await pipes.conversation('visitor')).id;
  await pipes.look.turn(conversation);
  await pipes.look.deliver(conversation);
});
const broken = async () =>
  Object.entries(await checkInvariants(pipes.db, createLog('silent'), handoffInvariants)).flatMap(([name, count]) =>
    count > 0 ? [name] : [],
  );
const openTicket = (state: string, assignee?: number) =>
  pipes.query(
    `insert into ticket (number, conversation_id, contact_id, department, reason, language, state, assignee_id, line_at, first_answer_due, resolution_due)
     select $1, id, contact_id, 'support', 'asked', 'en', $2, $3, now(), now(), now() from conversation`,
    [`${1000 + n++}-X`, state, assignee],
  );
const agent = async (disabled: boolean) => {
  const [row] = await pipes.query<{ id: string }>(
    "insert into agent (email, name, disabled_at) values ($1, 'A', case when $2 then now() end) returning id",
    [`${n++}@example.com`, disabled],
  );
  return Number(row?.id);
};
const own = (owner: string) => pipes.query('update conversation set owner = $1', [owner]);

test('a healthy record breaks none: answered, in line with a ticket, with an agent', async () => {
  expect(await broken()).toEqual([]);
  await openTicket('waiting');
  await own('queue');
  expect(await broken()).toEqual([]);
  await pipes.query("update ticket set state = 'assigned', assignee_id = $1", [await agent(false)]);
  await own('agent');
  expect(await broken()).toEqual([]);
});

test('whatever is written, edited, taken back and looked at, in any order and at once: nothing waits unseen, and the last words of all are answered', async () => {
  const act = fc.record({
    what: fc.constantFrom('write', 'write', 'edit', 'edit', 'delete', 'look'),
    which: fc.nat(3),
    waits: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
      const address = randomUUID();
      await pipes.hear(address, randomUUID(), { id: '0' });
      const { id: talk } = await pipes.conversation(address);
      const run = ({ what, which }: { what: string; which: number }) => {
        const id = String(which);
        const text = randomUUID();
        if (what === 'write') return pipes.hear(address, text, { id });
        if (what === 'look') return pipes.look.turn(talk);
        return pipes.receive('double', what === 'edit' ? { event: 'edited', address, id, text } : { event: 'deleted', address, id });
      };
      let under: Promise<unknown>[] = [];
      for (const each of acts) {
        under.push(run(each));
        if (each.waits) under = (await Promise.all(under)) && [];
      }
      await Promise.all(under);
      await pipes.look.turn(talk);
      expect(await broken()).not.toContain('waiting-mark');
      const rows = await pipes.query<{ author: string; text: string; seq: number | null }>(
        'select author, text, seq from message where conversation_id = $1 order by id',
        [talk],
      );
      const answered = rows.filter(({ author }) => author === 'bot').flatMap(({ text }) => text.split('|'));
      const asked = rows.filter(({ author }) => author === 'contact');
      expect(answered).toEqual(expect.arrayContaining(asked.map(({ text }) => text).filter(Boolean)));
      expect(new Set(asked.map(({ seq }) => seq)).size).toBe(asked.length);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['contact-waits', "update conversation set heard_seq = 99, waiting_since = now() - interval '61 seconds'"],
  ['waiting-mark', 'update conversation set heard_seq = 99'],
  ['waiting-mark', 'update conversation set waiting_since = now()'],
  ['reply-owed', "update message set delivery = 'pending', created_at = now() - interval '2 minutes', due_at = null where author = 'bot'"],
  [
    'reply-owed',
    "update message set delivery = 'sending', created_at = now() - interval '2 minutes', lease_until = now() - interval '61 seconds' where author = 'bot'",
  ],
  ['queue-ticket', "update conversation set owner = 'queue'"],
  ['agent-ticket', "update conversation set owner = 'agent'"],
])('%s is found: %s', async (name, harm) => {
  await pipes.query(harm);
  expect(await broken()).toEqual([name]);
});

test('a waiting ticket whose conversation is not in the queue is found', async () => {
  await openTicket('waiting');
  expect(await broken()).toEqual(['queue-ticket']);
});

test('a ticket whose assignee may not reply is found', async () => {
  await openTicket('assigned', await agent(true));
  await own('agent');
  expect(await broken()).toEqual(['agent-ticket']);
});

test('a reply that waits for its time is owed nothing yet', async () => {
  await pipes.query(
    "update message set delivery = 'pending', created_at = now() - interval '2 hours', due_at = now() + interval '1 hour' where author = 'bot'",
  );
  expect(await broken()).toEqual([]);
});

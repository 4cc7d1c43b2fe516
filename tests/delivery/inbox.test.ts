import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPipes } from './pipes.ts';

let pipes: Awaited<ReturnType<typeof openPipes>>;
beforeAll(async () => {
  pipes = await openPipes({ idle: true });
});
afterAll(() => pipes.close());

interface Kept {
  id: string;
  seq: number;
  text: string;
  findings: { kind: string }[];
  sealed: Buffer | null;
}
const kept = (address: string) =>
  pipes.query<Kept>(
    `select m.* from message m join address a on a.id = m.address_id where a.value = $1 and m.author = 'contact' order by m.seq`,
    [address],
  );

describe('a message', () => {
  test('that comes twice has one effect and the same receipt', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    const first = await pipes.hear(address, 'hello', { id });
    const again = await pipes.hear(address, 'hello', { id });
    expect(again).toEqual({ ...first, repeated: true });
    expect(await kept(address)).toHaveLength(1);
    expect((await pipes.conversation(address)).heard_seq).toBe(first.seq);
  });

  test('that comes eight times at once, as the first of its contact, has one effect: one contact, one conversation, one message, one event', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    const receipts = await Promise.all(Array.from({ length: 8 }, () => pipes.hear(address, 'hello', { id })));
    expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(receipts.map(({ messageId }) => messageId)).size).toBe(1);
    const { id: conversation } = await pipes.conversation(address);
    expect(await pipes.query("select 1 from event where conversation_id = $1 and kind = 'message'", [conversation])).toHaveLength(1);
    expect(
      await pipes.query('select 1 from conversation c join address a on a.id = c.address_id where a.value = $1', [address]),
    ).toHaveLength(1);
    expect(await pipes.query('select 1 from contact c where not exists (select from address where contact_id = c.id)')).toHaveLength(0);
  });

  test('that comes eight times at once from a known contact has one effect and one event', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    await pipes.hear(address, 'before');
    const receipts = await Promise.all(Array.from({ length: 8 }, () => pipes.hear(address, 'hello', { id })));
    expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(receipts.map(({ messageId, seq }) => `${messageId} ${seq}`)).size).toBe(1);
    const { id: conversation } = await pipes.conversation(address);
    expect(await pipes.query("select 1 from event where conversation_id = $1 and kind = 'message'", [conversation])).toHaveLength(2);
  });

  test('that answers a long one is kept with the beginning of that, also where the cut falls inside an emoji', async () => {
    const address = randomUUID();
    const long = `${'a'.repeat(199)}😀${'b'.repeat(50)}`;
    await pipes.hear(address, 'yes, that one', { quoted: long });
    const [row] = await pipes.query<{ body: { quoted: string } }>(
      'select m.body from message m join address a on a.id = m.address_id where a.value = $1',
      [address],
    );
    expect(row?.body.quoted).toBe('a'.repeat(199));
  });

  test('after the end of a chat begins one conversation, however many come at once', async () => {
    const address = randomUUID();
    await pipes.hear(address, 'before');
    await pipes.receive('double', { event: 'ended', address });
    // With something to seal each has a transaction of its own, all at once.
    const receipts = await Promise.all(Array.from({ length: 8 }, (_, n) => pipes.hear(address, `${n}: 4111 1111 1111 1111`)));
    expect(receipts.map(({ seq }) => seq).toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const talks = await pipes.query<{ n: number }>(
      'select count(m.id)::int as n from conversation c join address a on a.id = c.address_id join message m on m.conversation_id = c.id where a.value = $1 group by c.id order by c.id',
      [address],
    );
    expect(talks).toEqual([{ n: 1 }, { n: 8 }]);
  });

  test('of another address may have the same id', async () => {
    const [id, one, two] = [randomUUID(), randomUUID(), randomUUID()];
    expect((await pipes.hear(one, 'a', { id })).repeated).toBe(false);
    expect((await pipes.hear(two, 'b', { id })).repeated).toBe(false);
  });

  test('keeps its place: numbers rise as they were received, without doubles', async () => {
    const address = randomUUID();
    for (let n = 0; n < 10; n++) await pipes.hear(address, `line ${n}`);
    await Promise.all(Array.from({ length: 10 }, (_, n) => pipes.hear(address, `at once ${n}`)));
    const all = await kept(address);
    expect(all.slice(0, 10).map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, n) => `line ${n}`));
    expect(new Set(all.map(({ seq }) => seq)).size).toBe(20);
  });
});

describe('a text', () => {
  test.each([
    ['NUL', 'a\0b', 'ab'],
    ['lone surrogates', 'a\ud800b\udc00c', 'a\ufffdb\ufffdc'],
    ['right-to-left marks', 'a\u200f\u202eb', 'a\u200f\u202eb'],
    ['one character', 'x', 'x'],
    ['20,000 characters', 'y'.repeat(20_000), 'y'.repeat(20_000)],
    ['HTML and script', '<script>alert(1)</script>&amp;', '<script>alert(1)</script>&amp;'],
  ])('with %s is kept', async (_, given, expected) => {
    const address = randomUUID();
    await pipes.hear(address, given);
    expect((await kept(address))[0]?.text).toBe(expected);
  });

  test.each([
    ['nothing', '', 'input.invalid'],
    ['white space only', ' \n\t\0', 'input.invalid'],
    ['20,001 characters', 'z'.repeat(20_001), 'input.too-long'],
  ])('with %s is refused, says why, and leaves nothing', async (_, given, code) => {
    const address = randomUUID();
    await expect(pipes.hear(address, given)).rejects.toMatchObject({ code });
    expect(await pipes.query('select 1 from address where value = $1', [address])).toHaveLength(0);
  });

  test('with a card number is kept masked, and sealed as it was written', async () => {
    const address = randomUUID();
    const receipt = await pipes.hear(address, 'my card is 4111 1111 1111 1111 please');
    const [row] = await kept(address);
    expect(receipt.text).toBe(row?.text);
    expect(row?.text).not.toContain('4111 1111 1111');
    expect(row?.findings.map(({ kind }) => kind)).toEqual(['card']);
    expect(row?.sealed?.includes('4111')).toBe(false);
    expect(row?.sealed?.length).toBeGreaterThan(0);
    const everywhere = await pipes.query<{ all: string }>(
      'select row_to_json(e)::text as all from event e union all select row_to_json(c)::text from conversation c union all select row_to_json(m)::text from message m',
    );
    for (const { all } of everywhere) expect(all).not.toMatch(/4111 ?1111 ?1111/);
  });

  test('that was edited is masked again, one that was deleted is gone', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    await pipes.hear(address, 'hello', { id });
    await pipes.receive('double', { event: 'edited', address, id, text: 'card 4111 1111 1111 1111' });
    expect((await kept(address))[0]?.text).not.toContain('4111 1111');
    await pipes.receive('double', { event: 'deleted', address, id });
    expect((await kept(address))[0]?.text).toBe('');
    expect((await pipes.receive('double', { event: 'deleted', address, id })).repeated).toBe(true);
  });

  test('that was edited has its new words sealed; the same words again are a repeat, another number behind the same mask is none', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    const edit = (text: string) => pipes.receive('double', { event: 'edited', address, id, text });
    const sealed = async () => (await kept(address))[0]?.sealed ?? null;
    await pipes.hear(address, 'card 4111 1111 1111 1111', { id });
    const first = await sealed();
    expect((await edit('card 4111 1111 1111 1111')).repeated).toBe(true);
    expect(await sealed()).toEqual(first);
    expect((await edit('card 5555 5555 5555 4444')).repeated).toBe(false);
    expect((await edit('card 5555 5555 5555 4444')).repeated).toBe(true);
    expect(await sealed()).not.toEqual(first);
    await edit('never mind');
    expect(await sealed()).toBeNull();
  });

  test('that was deleted before the bot had its turn is no question; what else waits still is', async () => {
    const [address, other, id] = [randomUUID(), randomUUID(), randomUUID()];
    await pipes.hear(address, 'sorry, wrong chat', { id });
    const before = await pipes.conversation(address);
    await pipes.receive('double', { event: 'deleted', address, id });
    const after = await pipes.conversation(address);
    expect(after).toMatchObject({ waiting_since: null, handled_seq: after.heard_seq });
    // A turn that was read before it settles no more.
    expect(after.version).toBeGreaterThan(before.version);
    await pipes.hear(other, 'how long does it take?');
    await pipes.hear(other, 'sorry, wrong chat', { id });
    await pipes.receive('double', { event: 'deleted', address: other, id });
    expect((await pipes.conversation(other)).waiting_since).not.toBeNull();
  });

  test('that was edited after its turn waits again, behind what was said to it', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    await pipes.hear(address, 'one', { id });
    await pipes.hear(address, 'two');
    const { id: talk } = await pipes.conversation(address);
    await pipes.look.turn(talk);
    const before = await pipes.conversation(address);
    expect(before).toMatchObject({ waiting_since: null, handled_seq: 2 });
    const { seq } = await pipes.receive('double', { event: 'edited', address, id, text: 'other words' });
    expect(await pipes.conversation(address)).toMatchObject({ waiting_since: expect.any(Date), handled_seq: 2, heard_seq: seq });
    expect((await kept(address)).map(({ text, seq }) => ({ text, seq }))).toEqual([
      { text: 'two', seq: 2 },
      { text: 'other words', seq },
    ]);
    await pipes.look.turn(talk);
    expect(await pipes.conversation(address)).toMatchObject({ waiting_since: null, handled_seq: seq });
    const said = await pipes.query<{ text: string }>(`select text from message where author = 'bot' and conversation_id = $1 order by id`, [
      talk,
    ]);
    expect(said.map(({ text }) => text)).toEqual(['one|two', 'other words']);
  });

  test('that comes again after its turn makes nobody look, so what comes next is not late', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    await pipes.hear(address, 'one', { id });
    const { id: talk } = await pipes.conversation(address);
    await pipes.look.turn(talk);
    const { wake } = pipes.queues;
    const woken: unknown[] = [];
    pipes.queues.wake = async (...wakeUp) => void woken.push(wakeUp);
    await pipes.hear(address, 'one', { id });
    expect(woken).toEqual([]);
    await pipes.hear(address, 'two');
    await pipes.hear(address, 'one', { id });
    expect(woken).toEqual([
      ['turns', String(talk), 0],
      ['turns', String(talk), 5_000],
    ]);
    pipes.queues.wake = wake;
  });

  test('that is edited before its turn keeps its place, and a turn that read the old words settles no more', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    await pipes.hear(address, 'old words', { id });
    const before = await pipes.conversation(address);
    await pipes.receive('double', { event: 'edited', address, id, text: 'new words' });
    const after = await pipes.conversation(address);
    expect(after.version).toBeGreaterThan(before.version);
    expect(after).toMatchObject({ waiting_since: before.waiting_since, heard_seq: before.heard_seq });
    expect(await kept(address)).toMatchObject([{ text: 'new words', seq: 1 }]);
  });

  test.each([
    ['with people', `update conversation set owner = 'agent' where id = $1`],
    ['ended', 'update conversation set closed_at = now() where id = $1'],
    ['of somebody blocked', 'update contact set blocked_at = now() where id = (select contact_id from conversation where id = $1)'],
  ])('that was edited in a conversation %s is no question to the bot', async (_, change) => {
    const [address, id] = [randomUUID(), randomUUID()];
    await pipes.hear(address, 'old words', { id });
    const { id: talk } = await pipes.conversation(address);
    await pipes.look.turn(talk);
    await pipes.query(change, [talk]);
    await pipes.receive('double', { event: 'edited', address, id, text: 'new words' });
    expect((await pipes.conversation(address)).waiting_since).toBeNull();
    expect(await kept(address)).toMatchObject([{ text: 'new words', seq: 1 }]);
  });

  test('that was deleted keeps nothing sealed, and comes back by no edit', async () => {
    const [address, id] = [randomUUID(), randomUUID()];
    await pipes.hear(address, 'card 4111 1111 1111 1111', { id, subject: 'my card', full: 'all of it', quoted: 'a line' });
    await pipes.receive('double', { event: 'deleted', address, id });
    expect((await pipes.receive('double', { event: 'edited', address, id, text: 'again' })).repeated).toBe(true);
    expect((await kept(address))[0]).toMatchObject({ text: '', findings: [], sealed: null, body: { type: 'message', deleted: true } });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileReceipts } from '../../src/delivery/file-receipts.ts';
import { createInbox } from '../../src/delivery/inbox.ts';
import type { Queues } from '../../src/delivery/queues.ts';
import { createLog } from '../../src/log.ts';
import { createVault } from '../../src/privacy/vault.ts';
import { type FilesUnderTest, openFiles } from '../files/place.ts';

let under: FilesUnderTest;
const woken: string[] = [];
beforeAll(async () => {
  under = await openFiles();
});
afterAll(() => under.end());

/** Upload links that were stored. */
const links: number[] = [];
function inbox({ isPublic = false } = {}) {
  const { store, secret } = under;
  const queues = { wake: async (queue: string) => void woken.push(queue) } as unknown as Queues;
  const say = (attachments: { name: string }[], language = 'en') => `${language}: ${attachments.map(({ name }) => name).join(', ')}`;
  const wayOut = (conversationId: number, language = 'en') => ({
    text: `link in ${language}`,
    store: async () => void links.push(Number(conversationId)),
  });
  const receipts = createFileReceipts({ db: store.db, queues, isPublic: () => isPublic, say, wayOut });
  return createInbox({ db: store.db, queues, log: createLog('silent'), vault: createVault(secret), quiet: () => 0, receipts });
}
const query = async <T>(text: string, values: unknown[] = []) => (await under.store.pool.query(text, values)).rows as T[];
const keep = async (address: string, name = 'a.txt') =>
  (await under.files.keep([{ name, bytes: Buffer.from(name) }], { channel: 'web', address }))[0];
const write = async (address: string, attachments: unknown[], over: object = {}, receive = inbox()) =>
  receive('web', {
    event: 'message',
    address,
    message: { type: 'message', id: randomUUID(), text: 'here', attachments, ...over } as never,
  });
const told = (conversation: string) =>
  query<{ text: string }>(`select text from message where conversation_id = $1 and author = 'bot' order by id`, [conversation]);

/** An address whose conversation people have. */
async function withPeople(state = {}): Promise<{ address: string; conversation: string }> {
  const address = `visitor:${randomUUID()}`;
  await write(address, []);
  const [row] = await query<{ id: string }>(
    `update conversation set owner = 'queue', state = $2 where address_id = (select id from address where value = $1) returning id`,
    [address, JSON.stringify(state)],
  );
  return { address, conversation: row?.id as string };
}

test('a file becomes the message’s that names it on its own address, and nobody else’s', async () => {
  const [mine, theirs] = [`visitor:${randomUUID()}`, `visitor:${randomUUID()}`];
  const file = await keep(mine);
  const row = () => query<{ message_id: string | null }>('select message_id from attachment where id = $1', [file?.file]);
  await write(theirs, [file]);
  expect(await row()).toEqual([{ message_id: null }]);
  const { messageId } = await write(mine, [file]);
  expect(await row()).toEqual([{ message_id: String(messageId) }]);
  await write(mine, [file]);
  expect(await row()).toEqual([{ message_id: String(messageId) }]);
});

test('while people have the conversation one message says what arrived, however often the network repeats', async () => {
  const { address, conversation } = await withPeople();
  const file = await keep(address);
  const id = randomUUID();
  await write(address, [file], { id });
  await write(address, [file], { id });
  expect(await told(conversation)).toEqual([{ text: 'en: a.txt' }]);
  await write(address, [await keep(address, 'b.txt')]);
  expect(await told(conversation)).toHaveLength(2);
  expect(woken).toContain('deliveries-web');
});

test('a file that the channel could not give is answered with one link to send it by, however often the network repeats', async () => {
  const { address, conversation } = await withPeople();
  const id = randomUUID();
  const scan = { name: 'scan.pdf', type: 'application/pdf', refused: 'too-large-here' };
  await write(address, [scan], { id });
  await write(address, [scan], { id });
  expect(await told(conversation)).toEqual([{ text: 'en: scan.pdf\n\nlink in en' }]);
  expect(links).toEqual([Number(conversation)]);
  // Sent by the page it would be refused again.
  await write(address, [{ ...scan, refused: 'executable' }]);
  expect((await told(conversation))[1]).toEqual({ text: 'en: scan.pdf' });
  expect(links).toHaveLength(1);
});

test('programs and public places get no receipt', async () => {
  const { address, conversation } = await withPeople();
  await write(address, [await keep(address)], { silent: 'auto-reply' });
  await write(address, [await keep(address)], {}, inbox({ isPublic: true }));
  expect(await told(conversation)).toEqual([]);
});

test('what is sent after documents were asked for is an identity document', async () => {
  for (const documents of [true, undefined]) {
    const { address } = await withPeople({ documents });
    const file = await keep(address);
    await write(address, [file]);
    expect(await query('select identity from attachment where id = $1', [file?.file])).toEqual([{ identity: documents === true }]);
  }
});

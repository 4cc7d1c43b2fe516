import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FoundContact } from '../../../src/server/desk/announce-protocol.ts';
import { startTelegram, type TelegramDouble, token } from '../../bots/telegram/double.ts';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';

let telegram: TelegramDouble;
let app: TestApp;
let supervisor: DeskAgent;
const ids: Record<string, number> = {};

beforeAll(async () => {
  telegram = await startTelegram();
  app = await startTestApp({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.root });
  supervisor = await signIn(app, { role: 'supervisor' });
  const people = [
    ['İlkay Işık', 'telegram', '{"chat":5001}', null],
    ['İlkay Demir', 'telegram', '{"chat":5002}', 'blocked'],
    ['Ilkay Web', 'web', 'a-browser', null],
    ['Aygün Əliyeva', 'telegram', '{"chat":5003}', null],
  ] as const;
  for (const [name, channel, value, unreachable] of people) {
    const rows = await app.query<{ id: string }>("insert into contact (name, key) values ($1, ''::bytea) returning id", [name]);
    ids[name] = Number(rows[0]?.id);
    await app.query('insert into address (contact_id, channel, value, unreachable) values ($1, $2, $3, $4)', [
      ids[name],
      channel,
      value,
      unreachable,
    ]);
  }
});
afterAll(async () => {
  await app?.end();
  await telegram?.close();
});

const find = async (search: string, who = supervisor) =>
  who.call<{ contacts: FoundContact[] }>('GET', `/api/desk/announcements/contacts?search=${encodeURIComponent(search)}`);
const names = async (search: string) => (await find(search)).body.contacts.map(({ name }) => name);

test('contacts are found by the beginnings of words of their name, however it is written, where an announcement reaches them', async () => {
  expect(await names('ILKAY')).toEqual(['İlkay Işık']);
  expect(await names('işi')).toEqual(['İlkay Işık']);
  expect(await names('eliye')).toEqual(['Aygün Əliyeva']);
  expect(await names('nobody')).toEqual([]);
  expect(await names('%')).toEqual([]);
});

test('by their address, by the number of a ticket; one who is protected says so, one who is blocked is not offered', async () => {
  expect(await names('{"chat":5003}')).toEqual(['Aygün Əliyeva']);
  const [talk] = await app.query<{ id: string }>(
    "insert into conversation (contact_id, address_id, owner) select $1, id, 'queue' from address where contact_id = $1 returning id",
    [ids['Aygün Əliyeva']],
  );
  await app.query(
    `insert into ticket (number, conversation_id, contact_id, department, reason, language, line_at, first_answer_due, resolution_due)
      values ('1000-X', $1, $2, 'support', 'asked', 'az', now(), now(), now())`,
    [talk?.id, ids['Aygün Əliyeva']],
  );
  await app.query('update contact set protected = true where id = $1', [ids['Aygün Əliyeva']]);
  expect((await find('1000-x')).body.contacts).toMatchObject([
    { id: ids['Aygün Əliyeva'], name: 'Aygün Əliyeva', channel: 'telegram', number: '1000-X', protected: true },
  ]);
  await app.query('update contact set blocked_at = now() where id = $1', [ids['İlkay Işık']]);
  expect(await names('ilkay')).toEqual([]);
});

test('only supervisors may look, and nothing is looked for without a word', async () => {
  expect((await find('ilkay', await signIn(app))).status).toBe(403);
  expect((await find(' ')).status).toBe(400);
});

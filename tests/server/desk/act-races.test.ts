import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInvariants } from '../../../src/delivery/invariants.ts';
import { handoffInvariants } from '../../../src/handoff/invariants.ts';
import { createLog } from '../../../src/log.ts';
import { createVault } from '../../../src/privacy/vault.ts';
import { openStore, type Store } from '../../../src/store/connection.ts';
import { startTestApp, type TestApp, testSecret } from '../../setup/app.ts';
import { type DeskAgent, signIn } from '../../setup/desk.ts';
import { act, waitingTicket } from '../../setup/tickets.ts';
import { until } from '../../setup/until.ts';

let app: TestApp;
let store: Store;
let suna: DeskAgent;
let ayla: DeskAgent;
let baris: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  store = openStore(app.databaseUrl, createLog('silent'), 2);
  suna = await signIn(app, { role: 'supervisor' });
  [ayla, baris] = [await signIn(app), await signIn(app)];
});
afterAll(async () => {
  await store.close();
  await app.end();
});

async function taken(by: DeskAgent, question?: string) {
  const made = await waitingTicket(app, suna, question);
  await act(by, made.id, 'claim');
  return made;
}

const whole = async () => {
  const broken = await checkInvariants(store.db, createLog('silent'), handoffInvariants);
  expect(Object.entries(broken).filter(([, count]) => count > 0)).toEqual([]);
};

test('of acts that exclude each other one wins, whatever comes at the same moment, and the record stays whole', async () => {
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  for (let n = 0; n < 6; n += 1) {
    const { visitor, id } = await taken(ayla);
    const ends = [
      act(ayla, id, 'resolve', { outcome: 'solved' }),
      act(ayla, id, 'to-bot'),
      act(suna, id, 'escalate'),
      act(ayla, id, 'return'),
    ];
    const answers = await Promise.all([...ends, act(ayla, id, 'snooze', { until: soon }), visitor.send('still there?')]);
    expect(answers.every((answer) => !('status' in answer) || Number(answer.status) < 500)).toBe(true);
    await whole();
    visitor.close();
  }
});

test('of two agents who reopen at once one has the ticket', async () => {
  const { visitor, id } = await taken(ayla);
  await act(ayla, id, 'resolve', { outcome: 'solved' });
  const answers = await Promise.all([act(ayla, id, 'reopen'), act(baris, id, 'reopen')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  await whole();
  visitor.close();
});

test('an agent who writes first and a contact who asks for a person at the same moment end in one open ticket', async () => {
  const { visitor, id } = await taken(ayla);
  await act(ayla, id, 'resolve', { outcome: 'solved' });
  const { around, ticket } = await ayla.open(id);
  const body = { addressId: around.places[0]?.id, department: ticket.department, id: 'a-first-word', text: 'Hello?' };
  const [, started] = await Promise.all([visitor.send('/human'), act(ayla, id, 'start', body)]);
  expect([200, 409]).toContain(started.status);
  await until(() => visitor.state()?.owner !== 'bot');
  await whole();
  visitor.close();
});

test('two contacts merged from both sides at once, while both write, become one and lose nothing', async () => {
  const [one, other] = [await taken(ayla, 'card 4111 1111 1111 1111'), await taken(baris, 'card 4242 4242 4242 4242')];
  const writing = [one, other].flatMap(({ visitor }) =>
    Array.from({ length: 8 }, (_, n) => visitor.send(`number ${n}: my card is 5555 5555 5555 4444`)),
  );
  const merged = await Promise.all([
    act(suna, one.id, 'merge', { number: other.number }),
    act(suna, other.id, 'merge', { number: one.number }),
  ]);
  await Promise.all(writing);
  expect(merged.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(merged.filter(({ status }) => status >= 500)).toEqual([]);
  const view = await suna.open(one.id);
  expect((await suna.open(other.id)).contact.id).toBe(view.contact.id);
  expect(view.messages.filter(({ text }) => /^number \d/.test(text))).toHaveLength(16);
  const vault = createVault(testSecret);
  const sealed = await app.query<{ sealed: Buffer; key: Buffer }>(
    'select sealed, key from message m join conversation c on c.id = m.conversation_id join contact k on k.id = c.contact_id where sealed is not null',
  );
  expect(sealed.map((row) => vault.open(row.key, row.sealed)).filter((text) => text.includes('5555 5555 5555 4444'))).toHaveLength(16);
  await whole();
  for (const { visitor } of [one, other]) visitor.close();
});

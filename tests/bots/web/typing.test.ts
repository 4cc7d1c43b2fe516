import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';
import { atDesk, type DeskAgent, signIn } from '../../setup/desk.ts';
import { until } from '../../setup/until.ts';
import { visit } from '../../setup/visitor.ts';

let app: TestApp;
let agent: DeskAgent;
beforeAll(async () => {
  app = await startTestApp();
  agent = await signIn(app);
});
afterAll(() => app.end());

/** A visitor whose ticket the agent has. */
async function talking() {
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('/human');
  const ticket = await until(async () => (await agent.list()).tickets[0]);
  await agent.call('POST', `/api/desk/tickets/${ticket.id}/claim`);
  return { visitor, ticketId: ticket.id };
}

/** The record of what was said and done, beside who signed in, as one value. */
const record = () =>
  app.query<{ all: string }>(`select md5(string_agg(kept, '' order by kept)) as all from (
    select 'm' || m::text as kept from message m union all select 'e' || e::text from event e where e.kind not in ('agent', 'sign-in') union all select 'c' || c::text from conversation c) all_of_it`);

test('who writes is shown on the other side and written down nowhere: the visitor to the desk, the agent of the ticket to the visitor, nobody else', async () => {
  const { visitor, ticketId } = await talking();
  await until(async () => (await app.query("select 1 from message where delivery in ('pending', 'sending')")).length === 0);
  const before = await record();
  const { socket, close } = await agent.live();
  const written: { ticketId: number }[] = [];
  const shown: object[] = [];
  socket.on('typing', (where) => void written.push(where));
  visitor.socket.on('typing', (who) => void shown.push(who));
  await until(() => {
    visitor.socket.emit('typing');
    return written.length > 0;
  });
  expect(written[0]).toMatchObject({ ticketId });

  const other = await signIn(app);
  const stranger = await other.live();
  stranger.socket.emit('typing', ticketId);
  stranger.socket.emit('typing', 'nonsense' as unknown as number);
  // Both are handled before what is asked after them on the same connection's server.
  await other.list();
  expect(shown).toEqual([]);
  socket.emit('typing', ticketId);
  await until(() => shown.length > 0);
  expect(shown).toEqual([{}]);
  expect(await record()).toEqual(before);
  for (const end of [close, stranger.close, visitor.close]) end();
});

test('while the bot has the conversation, the desk is not told who writes', async () => {
  const { socket, close } = await agent.live();
  const written: object[] = [];
  socket.on('typing', (where) => void written.push(where));
  const visitor = await visit(app.url, { language: 'en' });
  await visitor.send('how long does a withdrawal take');
  await visitor.said(0);
  visitor.socket.emit('typing');
  const { visitor: another, ticketId } = await talking();
  await until(() => {
    another.socket.emit('typing');
    return written.length > 0;
  });
  expect(written.every((where) => (where as { ticketId: number }).ticketId === ticketId)).toBe(true);
  for (const end of [close, visitor.close, another.close]) end();
});

test('across two processes: who writes at one is shown to the other side at the other', async () => {
  const elsewhere = await startTestApp({ DATABASE_URL: app.databaseUrl });
  const { visitor, ticketId } = await talking();
  const { socket, close } = await (await atDesk(elsewhere, agent.cookie)).live();
  const written: object[] = [];
  const shown: object[] = [];
  socket.on('typing', (where) => void written.push(where));
  visitor.socket.on('typing', (who) => void shown.push(who));
  await until(() => {
    visitor.socket.emit('typing');
    return written.length > 0;
  });
  expect(written[0]).toMatchObject({ ticketId });
  await until(() => {
    socket.emit('typing', ticketId);
    return shown.length > 0;
  });
  for (const end of [close, visitor.close]) end();
  await elsewhere.end();
});

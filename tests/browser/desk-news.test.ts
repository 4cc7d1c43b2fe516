import { expect, test } from 'vitest';
import type { Change, Me } from '../../src/server/desk/protocol.ts';
import { newsFor } from '../../web/desk/core/news.ts';

const ayla = { id: 7, role: 'agent', departments: ['finance'] } as Me;
const suna = { ...ayla, id: 8, role: 'supervisor', departments: [] } as Me;
const mine = [{ id: 5, number: '1005-K', department: 'finance' }];
const change = (data: Record<string, unknown>, more: Partial<Change> = {}) =>
  ({ kind: 'ticket', conversationId: 1, ticketId: 4, data: { number: '1004-K', department: 'finance', ...data }, ...more }) as Change;
const what = (who: Me, ...changes: Change[]) => newsFor(who, changes, mine).map((news) => news.what);

test('a ticket that waits in my department is news, in another or put there by myself it is not', () => {
  expect(what(ayla, change({ state: 'waiting' }))).toEqual(['waiting']);
  expect(what(ayla, change({ state: 'waiting', department: 'vip' }))).toEqual([]);
  expect(what(ayla, change({ state: 'waiting' }, { agentId: 7 }))).toEqual([]);
});

test('what is given to me, and a contact of mine who writes', () => {
  expect(what(ayla, change({ state: 'assigned', assigneeId: 7 }))).toEqual(['assigned']);
  expect(what(ayla, change({ author: 'contact' }, { kind: 'message', ticketId: 5 }))).toEqual(['wrote']);
  expect(what(ayla, change({ author: 'contact' }, { kind: 'message', ticketId: 6 }))).toEqual([]);
});

test('a deadline that passed is news to whoever has the ticket and to supervisors', () => {
  const breach = change({ state: 'breach', assigneeId: 9 });
  expect([what(ayla, breach), what(suna, breach), what({ ...ayla, id: 9 }, breach)]).toEqual([[], ['breach'], ['breach']]);
});

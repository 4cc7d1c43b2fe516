import type { Presence, TicketOutcome, TicketView } from '../../../src/server/desk/protocol.ts';
import { say } from '../words.ts';
import { post } from './call.ts';
import { explain } from './explain.ts';
import { refreshList } from './lists.ts';
import { me } from './me.ts';
import { fetchOpened } from './open-ticket.ts';
import { asRefused } from './refused.ts';
import { go, openId, route, shownList } from './route.ts';
import { tell } from './toast.ts';

/** Takes a waiting ticket; where somebody was faster, tells who. True where it is ours. */
export async function claim(id: number): Promise<boolean> {
  const from = route.peek();
  try {
    await post<TicketView>(`tickets/${id}/claim`);
    // Whoever has gone somewhere else meanwhile stays there.
    if (route.peek() === from) go({ page: 'tickets', list: 'mine', ticket: id }, { replace: openId() === id });
    return true;
  } catch (error) {
    await lost(error);
    return false;
  } finally {
    await renew();
  }
}

/** Takes the first ticket of the line. True where there was one. */
export async function takeNext(): Promise<boolean> {
  try {
    const view = await post<TicketView | undefined>('tickets/next');
    if (view) go({ page: 'tickets', list: 'mine', ticket: view.ticket.id });
    else tell(say('next_none'));
    return view !== undefined;
  } catch (error) {
    const refused = asRefused(error);
    tell(refused.code === 'forbidden' ? say('next_full') : explain(refused), { bad: true });
    return false;
  } finally {
    await renew();
  }
}

/** Ends a ticket with an outcome. */
export async function resolve(id: number, outcome: TicketOutcome): Promise<void> {
  try {
    await post(`tickets/${id}/resolve`, { outcome });
    tell(say('resolved_told'));
  } catch (error) {
    await lost(error);
  }
  await renew();
}

/** Puts a ticket back into the line, for somebody else. */
export async function giveBack(id: number): Promise<void> {
  try {
    await post(`tickets/${id}/return`);
    tell(say('returned_told'));
    if (openId() === id) go({ page: 'tickets', list: shownList() });
  } catch (error) {
    await lost(error);
  }
  await renew();
}

/** Says of oneself whether new tickets may come. */
export async function setPresence(presence: Presence): Promise<void> {
  const before = me.peek();
  if (!before) return;
  me.value = { ...before, presence };
  try {
    await post('presence', { presence });
  } catch (error) {
    const now = me.peek();
    if (now) me.value = { ...now, presence: before.presence };
    tell(explain(asRefused(error)), { bad: true });
  }
}

async function lost(error: unknown): Promise<void> {
  const refused = asRefused(error);
  if (refused.code === 'ticket.taken') {
    const name = (await fetchOpened())?.ticket.assignee?.name;
    if (name) return tell(say('taken_by', { name }), { bad: true });
  }
  tell(explain(refused), { bad: true });
}

async function renew(): Promise<void> {
  refreshList();
  await fetchOpened();
}

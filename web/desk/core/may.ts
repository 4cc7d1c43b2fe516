import type { TicketView } from '../../../src/server/desk/protocol.ts';
import type { ActName } from './acting.ts';
import { isSupervisor, me } from './me.ts';

/** What the signed-in person may do with a ticket now; the server has the last word. */
export function mayDo({ ticket, contact, around }: TicketView): ReadonlySet<ActName | 'reopen' | 'wake' | 'unblock'> {
  const open = ticket.state !== 'resolved';
  const mine = ticket.state === 'assigned' && ticket.assignee?.id === me.value?.id;
  const waits = ticket.state === 'waiting' && (ticket.level === 'operator' || isSupervisor());
  const act = open && (mine || waits || isSupervisor());
  const places = around.places.some((place) => !place.open && !place.unreachable);
  const may: [ActName | 'reopen' | 'wake' | 'unblock', boolean][] = [
    ['note', true],
    ['transfer', act],
    ['escalate', act && ticket.level !== 'investigation'],
    ['snooze', act && ticket.state === 'assigned' && !ticket.snoozedUntil],
    ['wake', act && Boolean(ticket.snoozedUntil)],
    ['reopen', !open],
    ['to-bot', act],
    ['urgency', act],
    ['language', act],
    ['call-back', act],
    ['tags', true],
    ['link', true],
    ['start', places && !contact.blockedAt],
    ['block', !contact.blockedAt],
    ['unblock', Boolean(contact.blockedAt)],
    ['lift', contact.protected && isSupervisor()],
    ['merge', isSupervisor()],
  ];
  return new Set(may.filter(([, yes]) => yes).map(([name]) => name));
}

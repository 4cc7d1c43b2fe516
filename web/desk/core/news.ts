import type { Change, Me } from '../../../src/server/desk/protocol.ts';

/** Something that a person should notice though they look elsewhere. */
export interface News {
  what: 'waiting' | 'assigned' | 'breach' | 'wrote';
  ticketId: number;
  number: string;
  department: string;
}

/**
 * What is news to somebody: a ticket that begins to wait in their departments, one that was given to them, a deadline that passed on theirs (or, for
 * supervisors, on any), and a contact of theirs who wrote. What they did themselves is none. `mine`: the tickets they have, with their numbers.
 */
export function newsFor(who: Me, changes: Change[], mine: { id: number; number: string; department: string }[]): News[] {
  return changes.flatMap(({ kind, data, agentId, ticketId }): News[] => {
    if (ticketId === undefined || agentId === who.id) return [];
    const own = mine.find(({ id }) => id === ticketId);
    if (kind === 'message' && data.author === 'contact' && own)
      return [{ what: 'wrote', ticketId, number: own.number, department: own.department }];
    if (kind !== 'ticket') return [];
    const told = { ticketId, number: String(data.number), department: String(data.department) };
    if (data.state === 'waiting' && who.departments.includes(told.department)) return [{ what: 'waiting', ...told }];
    if (data.state === 'assigned' && data.assigneeId === who.id) return [{ what: 'assigned', ...told }];
    const concerns = who.role === 'supervisor' || data.assigneeId === who.id;
    return data.state === 'breach' && concerns ? [{ what: 'breach', ...told }] : [];
  });
}

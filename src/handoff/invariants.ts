import { sql } from 'drizzle-orm';

/** What must hold between conversations and tickets; each query lists the ids of conversations that break it. */
export const handoffInvariants = {
  /** Owner queue ⇔ exactly one open ticket that waits (the unique index sees to "one"). */
  'queue-ticket': sql`select c.id from conversation c where c.owner = 'queue' and not exists (select from ticket t where t.conversation_id = c.id and t.state = 'waiting')
    union all select c.id from ticket t join conversation c on c.id = t.conversation_id where t.state = 'waiting' and c.owner <> 'queue'`,
  /** Owner agent ⇔ its open ticket has an assignee who may reply. */
  'agent-ticket': sql`select c.id from conversation c where c.owner = 'agent'
      and not exists (select from ticket t join agent a on a.id = t.assignee_id and a.disabled_at is null where t.conversation_id = c.id and t.state = 'assigned')
    union all select c.id from ticket t join conversation c on c.id = t.conversation_id where t.state = 'assigned' and c.owner <> 'agent'`,
  /** Every open ticket has a next deadline, and none passes without being looked at. */
  'ticket-deadline': sql`select conversation_id as id from ticket where state <> 'resolved' and next_due is null
    union all select conversation_id from ticket where next_due < clock_timestamp() - interval '60 seconds'`,
  /** Only what somebody has may sleep, and it wakes: nobody waits for a ticket that no list shows. */
  'ticket-asleep': sql`select conversation_id as id from ticket where snoozed_until is not null
    and (state <> 'assigned' or snoozed_at is null or snoozed_until < clock_timestamp() - interval '60 seconds')`,
  /** What hangs on a ticket is its contact's: a merge has left nothing behind. */
  'ticket-contact': sql`select t.conversation_id as id from ticket t join conversation c on c.id = t.conversation_id where c.contact_id <> t.contact_id and t.state <> 'resolved'
    union all select c.id from conversation c join address a on a.id = c.address_id where a.contact_id <> c.contact_id and c.owner <> 'bot'`,
};

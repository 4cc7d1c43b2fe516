import { sql } from 'drizzle-orm';

/** What must hold between conversations and tickets; each query lists the ids of conversations that break it. */
export const handoffInvariants = {
  /** Owner queue ⇔ exactly one open ticket that waits (the unique index sees to "one"). */
  'queue-ticket': sql`select c.id from conversation c left join ticket t on t.conversation_id = c.id and t.state = 'waiting'
    where (c.owner = 'queue') <> (t.id is not null)`,
  /** Owner agent ⇔ its open ticket has an assignee who may reply. */
  'agent-ticket': sql`select c.id from conversation c left join (ticket t join agent a on a.id = t.assignee_id and a.disabled_at is null)
    on t.conversation_id = c.id and t.state = 'assigned' where (c.owner = 'agent') <> (t.id is not null)`,
  /** Every open ticket has a next deadline. */
  'ticket-deadline': sql`select conversation_id as id from ticket where state <> 'resolved' and resolution_due is null`,
};

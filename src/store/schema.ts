import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { searchVector } from './search-text.ts';

// The record. Words as in docs/design.md; every personal row hangs on a contact so that it can be erased.

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
const reference = (name: string) => bigint(name, { mode: 'number' });
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const contact = pgTable(
  'contact',
  {
    id: id(),
    name: text('name'),
    /** Set only by the contact (/lang); null: the language follows each message. */
    language: text('language'),
    tier: text('tier'),
    /** The host page's id of a verified person. */
    subject: text('subject').unique(),
    /** No offers to this contact until a supervisor lifts it. */
    protected: boolean('protected').notNull().default(false),
    /** Since when what they write is kept and answered by nobody; null: not blocked. */
    blockedAt: at('blocked_at'),
    /** What they said of themselves before a chat, unverified, or what the host page signed (`verified`): `{ player, email, verified }`. */
    about: jsonb('about'),
    /** Data key, wrapped with a key of SECRET_KEY; destroying it makes what it sealed unreadable. */
    key: bytea('key').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [index('contact_search').using('gin', searchVector(table.name))],
);

export const address = pgTable(
  'address',
  {
    id: id(),
    contactId: reference('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    channel: text('channel').notNull(),
    /** Opaque: only the channel reads it. */
    value: text('value').notNull(),
    /** Why nothing can be delivered there, null while it can. */
    unreachable: text('unreachable'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('address_place').on(table.channel, table.value),
    index('address_contact').on(table.contactId),
    index('address_search').using('gin', searchVector(table.value)),
  ],
);

export const conversation = pgTable(
  'conversation',
  {
    id: id(),
    contactId: reference('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    addressId: reference('address_id')
      .notNull()
      .references(() => address.id, { onDelete: 'cascade' }),
    owner: text('owner', { enum: ['bot', 'queue', 'agent'] })
      .notNull()
      .default('bot'),
    /** Raised by every change of state; a decision made under an older one is refused. */
    version: integer('version').notNull().default(1),
    language: text('language'),
    /** What the dialogue remembers from turn to turn. */
    state: jsonb('state').notNull().default({}),
    /** Last number given to a message or event of this conversation. */
    lastSeq: integer('last_seq').notNull().default(0),
    /** All contact messages up to here are answered, handed over or silent with a reason. */
    handledSeq: integer('handled_seq').notNull().default(0),
    /** Number and receipt of the newest contact message. */
    heardSeq: integer('heard_seq').notNull().default(0),
    heardAt: at('heard_at'),
    /** Since when a contact message after handledSeq waits; null where none does. */
    waitingSince: at('waiting_since'),
    /** A process that takes turns died while this waited: its next turn is taken apart from all others. */
    doubted: boolean('doubted').notNull().default(false),
    /** The process that took it apart last, as delivery/deaths knows it; null while none has begun. */
    apartBy: text('apart_by'),
    openedAt: at('opened_at').notNull().defaultNow(),
    closedAt: at('closed_at'),
  },
  (table) => [
    uniqueIndex('conversation_open').on(table.addressId).where(sql`${table.closedAt} is null`),
    index('conversation_contact').on(table.contactId),
    index('conversation_waiting').on(table.waitingSince).where(sql`${table.waitingSince} is not null and ${table.owner} = 'bot'`),
    index('conversation_address').on(table.addressId, table.id),
    // For the invariants: the check of every minute costs what is astray or with people, not the whole history.
    index('conversation_astray')
      .on(table.id)
      .where(
        sql`${table.owner} = 'bot' and ${table.closedAt} is null and (${table.waitingSince} is null) <> (${table.heardSeq} <= ${table.handledSeq})`,
      ),
    index('conversation_people').on(table.owner).where(sql`${table.owner} <> 'bot'`),
  ],
);

export const message = pgTable(
  'message',
  {
    id: id(),
    conversationId: reference('conversation_id')
      .notNull()
      .references(() => conversation.id, { onDelete: 'cascade' }),
    addressId: reference('address_id')
      .notNull()
      .references(() => address.id, { onDelete: 'cascade' }),
    /** Place in the conversation: given at receipt, or when a reply starts to go out; null before. */
    seq: integer('seq'),
    author: text('author', { enum: ['contact', 'bot', 'agent', 'system'] }).notNull(),
    agentId: reference('agent_id'),
    /** The channel's id of an inbound message, the client's id of an agent's reply: a repeat has no effect. */
    externalId: text('external_id'),
    /** Masked text, what search and people see. */
    text: text('text').notNull(),
    /** Inbound content or Reply beyond the text. */
    body: jsonb('body').notNull(),
    /** Kinds and spans of masked data, never values. */
    findings: jsonb('findings'),
    /** The text before masking, sealed with the contact's key; null where nothing was masked. */
    sealed: bytea('sealed'),
    /** Why the bot said this: topic, confidence, runner-up. */
    why: jsonb('why'),
    createdAt: at('created_at').notNull().defaultNow(),

    // Replies only.
    turnSeq: integer('turn_seq'),
    part: integer('part'),
    /** `turn`: may start to go out only while the owner is the one it was decided under. */
    fence: text('fence', { enum: ['turn', 'none'] }),
    delivery: text('delivery', { enum: ['pending', 'sending', 'sent', 'uncertain', 'failed', 'withdrawn'] }),
    attempts: integer('attempts').notNull().default(0),
    /** Not before this time (a channel said "retry later"). */
    dueAt: at('due_at'),
    /** While sending: the sender is alive until then, later anybody may take over. */
    leaseUntil: at('lease_until'),
    receipt: jsonb('receipt'),
    failure: text('failure'),
    sentAt: at('sent_at'),
  },
  (table) => [
    uniqueIndex('message_external').on(table.addressId, table.externalId).where(sql`${table.externalId} is not null`),
    uniqueIndex('message_reply').on(table.conversationId, table.turnSeq, table.part).where(sql`${table.turnSeq} is not null`),
    index('message_order').on(table.conversationId, table.seq),
    // What people wrote; what the bot says is no way to find a ticket.
    index('message_search').using('gin', searchVector(table.text)).where(sql`${table.author} in ('contact', 'agent')`),
    index('message_owed').on(table.conversationId, table.id).where(sql`${table.delivery} in ('pending', 'sending')`),
    index('message_undelivered').on(table.createdAt).where(sql`${table.delivery} in ('failed', 'uncertain')`),
  ],
);

export const event = pgTable(
  'event',
  {
    id: id(),
    /** Transaction that made it true. Readers go by (xid, id) and stop below the oldest running one, so that none is passed over. */
    xid: xid8('xid').notNull().default(sql`pg_current_xact_id()`),
    conversationId: reference('conversation_id').references(() => conversation.id, { onDelete: 'cascade' }),
    seq: integer('seq'),
    kind: text('kind').notNull(),
    /** Ids and codes, never texts. */
    data: jsonb('data').notNull().default({}),
    agentId: reference('agent_id'),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [
    index('event_reader').on(table.xid, table.id),
    index('event_conversation').on(table.conversationId, table.seq),
    index('event_kind').on(table.kind, table.at),
    // The audit: what people did, and what belongs to no conversation.
    index('event_act').on(table.at, table.id).where(sql`${table.agentId} is not null or ${table.conversationId} is null`),
    index('event_agent').on(table.agentId, table.at, table.id).where(sql`${table.agentId} is not null`),
    // Missed deadlines (handoff/board).
    index('event_breach').on(table.at).where(sql`${table.kind} = 'ticket' and ${table.data} ->> 'state' = 'breach'`),
    // What the bot did not answer well (handoff/missed).
    index('event_missed')
      .on(table.at)
      .where(
        sql`${table.kind} = 'turn' and (${table.data} ->> 'decision' = 'fallback' or ${table.data} ->> 'reason' in ('no-answer', 'not-solved'))`,
      ),
  ],
);

/** A file whose sealed bytes lie in the files' place, under its id. Refused files have no row: the message names them. */
export const attachment = pgTable(
  'attachment',
  {
    id: text('id').primaryKey(),
    /** Null until a message names the file, and again when that is gone: then the bytes go within a day, and the row after them. */
    contactId: reference('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    conversationId: reference('conversation_id').references(() => conversation.id, { onDelete: 'set null' }),
    messageId: reference('message_id').references(() => message.id, { onDelete: 'set null' }),
    /** Where it arrived: only a message there may name it. */
    channel: text('channel').notNull(),
    address: text('address').notNull(),
    /** Who put it in, where an agent did. */
    agentId: reference('agent_id'),
    name: text('name').notNull(),
    /** Read from the bytes. */
    type: text('type').notNull(),
    size: integer('size').notNull(),
    /** Of the bytes, in hex. */
    sha256: text('sha256').notNull(),
    /** The file's own key, wrapped with a key of SECRET_KEY; destroying it makes the bytes unreadable. */
    key: bytea('key').notNull(),
    /** `arriving`: the bytes are being written. `removed`: key and bytes are gone, that there was a file stays. */
    state: text('state', { enum: ['arriving', 'kept', 'quarantined', 'removed'] })
      .notNull()
      .default('arriving'),
    scan: text('scan', { enum: ['clean', 'infected', 'not-scanned'] })
      .notNull()
      .default('not-scanned'),
    /** What the scanner calls it. */
    threat: text('threat'),
    /** An identity document: each view is an event, and it goes after the desk's retention. */
    identity: boolean('identity').notNull().default(false),
    preview: text('preview', { enum: ['ready', 'failed'] }),
    createdAt: at('created_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  (table) => [
    index('attachment_contact').on(table.contactId),
    index('attachment_conversation').on(table.conversationId),
    index('attachment_message').on(table.messageId),
    index('attachment_loose').on(table.createdAt).where(sql`${table.messageId} is null`),
    index('attachment_identity').on(table.createdAt).where(sql`${table.identity} and ${table.state} <> 'removed'`),
    index('attachment_taken_back').on(table.createdAt).where(sql`${table.state} = 'removed' and ${table.removedAt} is null`),
    index('attachment_unscanned').on(table.createdAt).where(sql`${table.scan} = 'not-scanned' and ${table.state} = 'kept'`),
  ],
);

/** A way for one contact to send documents by a page of ours, once. */
export const uploadLink = pgTable(
  'upload_link',
  {
    id: text('id').primaryKey(),
    conversationId: reference('conversation_id')
      .notNull()
      .references(() => conversation.id, { onDelete: 'cascade' }),
    language: text('language').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (table) => [index('upload_link_conversation').on(table.conversationId)],
);

/** A channel's durable position (an offset, a UID). */
export const cursor = pgTable(
  'cursor',
  { channel: text('channel').notNull(), name: text('name').notNull(), value: jsonb('value').notNull() },
  (table) => [primaryKey({ columns: [table.channel, table.name] })],
);

/** One holder of a name among processes, until a time. */
export const lease = pgTable('lease', { name: text('name').primaryKey(), holder: text('holder').notNull(), until: at('until').notNull() });

export const ticketNumber = pgSequence('ticket_number', { startWith: 1000 });
export const lineNumber = pgSequence('line_number');

/** Who works at the desk. */
export const agent = pgTable('agent', {
  id: id(),
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  role: text('role', { enum: ['agent', 'supervisor'] })
    .notNull()
    .default('agent'),
  /** argon2id, as node:crypto makes it; null until the invitation is used. */
  password: text('password'),
  departments: text('departments').array().notNull().default(sql`'{}'`),
  languages: text('languages').array().notNull().default(sql`'{}'`),
  /** Open tickets at once. */
  capacity: integer('capacity').notNull().default(10),
  presence: text('presence', { enum: ['online', 'away', 'offline'] })
    .notNull()
    .default('offline'),
  /** What they last said of themselves, for when they are back after a loss of the connection. */
  away: boolean('away').notNull().default(false),
  /** Last heartbeat of a desk that is open. */
  seenAt: at('seen_at'),
  disabledAt: at('disabled_at'),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** A browser that is signed in. Only the hash of its token is kept. */
export const signIn = pgTable(
  'sign_in',
  {
    tokenHash: text('token_hash').primaryKey(),
    agentId: reference('agent_id')
      .notNull()
      .references(() => agent.id, { onDelete: 'cascade' }),
    csrf: text('csrf').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('sign_in_agent').on(table.agentId)],
);

/** A link that lets somebody in once: an invitation, the first run. Only the hash of its token is kept. */
export const invitation = pgTable('invitation', {
  tokenHash: text('token_hash').primaryKey(),
  /** Null: the first supervisor, who gives name and e-mail when using it. */
  agentId: reference('agent_id').references(() => agent.id, { onDelete: 'cascade' }),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

/** One handover. */
export const ticket = pgTable(
  'ticket',
  {
    id: id(),
    /** Short and speakable, with a check character: 1042-K. */
    number: text('number').notNull().unique(),
    conversationId: reference('conversation_id')
      .notNull()
      .references(() => conversation.id, { onDelete: 'cascade' }),
    contactId: reference('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    department: text('department').notNull(),
    reason: text('reason').notNull(),
    topic: text('topic'),
    language: text('language').notNull(),
    urgency: text('urgency', { enum: ['normal', 'high', 'top'] })
      .notNull()
      .default('normal'),
    level: text('level', { enum: ['operator', 'supervisor', 'investigation'] })
      .notNull()
      .default('operator'),
    state: text('state', { enum: ['waiting', 'assigned', 'resolved'] })
      .notNull()
      .default('waiting'),
    assigneeId: reference('assignee_id').references(() => agent.id),
    /** Place in line and lists, earliest first, then by lineNumber: the first-answer deadline to the minute, for top urgency a day before it. */
    lineAt: at('line_at').notNull(),
    /** Order of joining the line: decides within a minute, as BullMQ does within a priority. */
    lineNumber: bigint('line_number', { mode: 'number' }).notNull().default(sql`nextval('line_number')`),
    /** Until when a person should have answered first. */
    firstAnswerDue: at('first_answer_due').notNull(),
    firstAnswerAt: at('first_answer_at'),
    resolutionDue: at('resolution_due').notNull(),
    /** Until when whoever waits for a further answer, or a returned ticket for somebody, should have it; null while nobody waits. */
    nextAnswerDue: at('next_answer_due'),
    /** Until when the rung that the ticket has climbed to must have moved it. */
    rungDue: at('rung_due'),
    /** `clock`: the level was raised because a deadline passed; then the ticket may still be taken by those below. Null: a person raised it. */
    levelBy: text('level_by', { enum: ['clock'] }),
    /** When each kind of deadline was missed last; for the next answer null again with the next wait. */
    firstBreachAt: at('first_breach_at'),
    nextBreachAt: at('next_breach_at'),
    resolutionBreachAt: at('resolution_breach_at'),
    /** When the contact is told next how things stand, and how often they were. */
    tellDue: at('tell_due'),
    told: integer('told').notNull().default(0),
    /** When the second rung on call is alerted unless somebody has taken it. */
    onCallDue: at('on_call_due'),
    /** The earliest of what is still due: when the clock looks at this ticket next. */
    nextDue: at('next_due').generatedAlwaysAs(
      sql`case when state <> 'resolved' then least(
        case when first_answer_at is null and first_breach_at is null then first_answer_due end,
        case when next_breach_at is null then next_answer_due end,
        resolution_due, rung_due, tell_due, on_call_due) end`,
    ),
    /** Raised each time the ticket joins the line; its job is `<id>:<place>`. */
    place: integer('place').notNull().default(1),
    outcome: text('outcome'),
    /** Free words of the agents, sorted. */
    tags: text('tags').array().notNull().default(sql`'{}'`),
    /** Out of its assignee's sight until then, or until the contact writes after `snoozedAt`. */
    snoozedUntil: at('snoozed_until'),
    snoozedAt: at('snoozed_at'),
    createdAt: at('created_at').notNull().defaultNow(),
    assignedAt: at('assigned_at'),
    resolvedAt: at('resolved_at'),
  },
  (table) => [
    uniqueIndex('ticket_open').on(table.conversationId).where(sql`${table.state} <> 'resolved'`),
    index('ticket_line').on(table.department, table.lineAt, table.lineNumber).where(sql`${table.state} = 'waiting'`),
    index('ticket_assignee').on(table.assigneeId).where(sql`${table.state} = 'assigned'`),
    index('ticket_contact').on(table.contactId),
    index('ticket_resolved').on(table.resolvedAt, table.id).where(sql`${table.state} = 'resolved'`),
    index('ticket_conversation').on(table.conversationId, table.id),
    index('ticket_due').on(table.nextDue).where(sql`${table.nextDue} is not null`),
    index('ticket_snoozed').on(table.snoozedUntil).where(sql`${table.snoozedUntil} is not null`),
    index('ticket_tags').using('gin', table.tags),
  ],
);

/** What agents write for agents. Never a message, so that no channel can ever show it. */
export const note = pgTable(
  'note',
  {
    id: id(),
    conversationId: reference('conversation_id')
      .notNull()
      .references(() => conversation.id, { onDelete: 'cascade' }),
    ticketId: reference('ticket_id')
      .notNull()
      .references(() => ticket.id, { onDelete: 'cascade' }),
    agentId: reference('agent_id').references(() => agent.id),
    /** Made by the desk; the same id twice is one note. */
    externalId: text('external_id').notNull().unique(),
    /** Masked, as messages are. */
    text: text('text').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [index('note_conversation').on(table.conversationId, table.id), index('note_search').using('gin', searchVector(table.text))],
);

/** How far an agent has read a conversation, in whatever browser. */
export const seen = pgTable(
  'seen',
  {
    agentId: reference('agent_id')
      .notNull()
      .references(() => agent.id, { onDelete: 'cascade' }),
    conversationId: reference('conversation_id')
      .notNull()
      .references(() => conversation.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
  },
  (table) => [primaryKey({ columns: [table.agentId, table.conversationId] }), index('seen_conversation').on(table.conversationId)],
);

/** A reply that is kept ready for all agents, or those of some departments. */
export const canned = pgTable('canned', {
  id: id(),
  /** What is typed after "/": letters, digits and hyphens. */
  shortcut: text('shortcut').notNull().unique(),
  title: text('title').notNull(),
  /** Masked Markdown subset by language, variables still as `{{name}}`. */
  texts: jsonb('texts').$type<Record<string, string>>().notNull(),
  /** Empty: for all. */
  departments: text('departments').array().notNull().default(sql`'{}'`),
  updatedAt: at('updated_at').notNull().defaultNow(),
  updatedBy: reference('updated_by').references(() => agent.id),
});

/** Two tickets that have to do with each other; the older one first. */
export const ticketLink = pgTable(
  'ticket_link',
  {
    oneId: reference('one_id')
      .notNull()
      .references(() => ticket.id, { onDelete: 'cascade' }),
    otherId: reference('other_id')
      .notNull()
      .references(() => ticket.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.oneId, table.otherId] }), index('ticket_link_other').on(table.otherId)],
);

/** A contact is to be called back; one wish a ticket. */
export const callBack = pgTable(
  'call_back',
  {
    ticketId: reference('ticket_id')
      .primaryKey()
      .references(() => ticket.id, { onDelete: 'cascade' }),
    /** The number, sealed with the contact's key. */
    sealed: bytea('sealed').notNull(),
    /** Its last two digits, what everybody but the assignee sees. */
    ending: text('ending').notNull(),
    wishedAt: at('wished_at').notNull(),
    /** When the assignee was reminded. */
    remindedAt: at('reminded_at'),
    doneAt: at('done_at'),
  },
  (table) => [index('call_back_due').on(table.wishedAt).where(sql`${table.remindedAt} is null and ${table.doneAt} is null`)],
);

/** Something outside that a channel reads from or sends by (a mailbox, a server) was of no use for a while. One open at a time. */
export const outage = pgTable(
  'outage',
  {
    id: id(),
    channel: text('channel').notNull(),
    source: text('source').notNull(),
    /** `refused`: it does not let us in; `taken`: somebody else has it; `away`: it cannot be reached; `unreached`: it cannot reach us; `silent`: nobody looks at it. */
    code: text('code', { enum: ['refused', 'taken', 'away', 'unreached', 'silent'] }).notNull(),
    since: at('since').notNull(),
    endedAt: at('ended_at'),
  },
  (table) => [uniqueIndex('outage_open').on(table.channel, table.source).where(sql`${table.endedAt} is null`)],
);

/** A word to people who work here, outside of the desk: a ticket waits, a deadline passed, somebody is needed at once, a channel is out. */
export const staffNotice = pgTable(
  'staff_notice',
  {
    id: id(),
    /** What it is about: a ticket or an outage. */
    ticketId: reference('ticket_id').references(() => ticket.id, { onDelete: 'cascade' }),
    outageId: reference('outage_id').references(() => outage.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['waiting', 'breach', 'on-call', 'outage', 'works-again'] }).notNull(),
    /** What it is told of, once for each place: a joining of the line, a deadline. */
    cause: text('cause').notNull(),
    /** Where to, as the settings name it: a channel, and whom or what place there. */
    channel: text('channel').notNull(),
    recipient: text('recipient').notNull(),
    /** `dropped`: the ticket was taken before anybody had to be told. */
    state: text('state', { enum: ['pending', 'sending', 'sent', 'uncertain', 'failed', 'dropped'] })
      .notNull()
      .default('pending'),
    dueAt: at('due_at').notNull().defaultNow(),
    attempts: integer('attempts').notNull().default(0),
    /** While sending: the sender is alive until then. */
    leaseUntil: at('lease_until'),
    failure: text('failure'),
    createdAt: at('created_at').notNull().defaultNow(),
    sentAt: at('sent_at'),
  },
  (table) => [
    uniqueIndex('staff_notice_once').on(table.ticketId, table.cause, table.channel, table.recipient),
    uniqueIndex('staff_notice_outage_once').on(table.outageId, table.cause, table.channel, table.recipient),
    index('staff_notice_owed').on(table.channel, table.recipient, table.dueAt).where(sql`${table.state} in ('pending', 'sending')`),
    index('staff_notice_sent').on(table.channel, table.recipient, table.sentAt).where(sql`${table.sentAt} is not null`),
  ],
);

/** What the contact said of a resolution; one a resolution. */
export const survey = pgTable(
  'survey',
  {
    ticketId: reference('ticket_id')
      .primaryKey()
      .references(() => ticket.id, { onDelete: 'cascade' }),
    askedAt: at('asked_at').notNull().defaultNow(),
    solved: boolean('solved'),
    score: integer('score'),
    comment: text('comment'),
    answeredAt: at('answered_at'),
  },
  (table) => [index('survey_unsolved').on(table.answeredAt).where(sql`${table.solved} = false`)],
);

/** A text that goes to public channels, to named contacts and above the chat in the browser. */
export const announcement = pgTable('announcement', {
  id: id(),
  /** The desk's own id of it: asked for twice, it is made once. */
  clientId: text('client_id').unique(),
  /** One text per language, in the Markdown subset. */
  texts: jsonb('texts').notNull(),
  state: text('state', { enum: ['scheduled', 'stopped', 'done'] })
    .notNull()
    .default('scheduled'),
  startsAt: at('starts_at').notNull().defaultNow(),
  /** Shown above the chat too, from startsAt to bannerUntil (null: until it is stopped). */
  banner: boolean('banner').notNull().default(false),
  bannerUntil: at('banner_until'),
  agentId: reference('agent_id').references(() => agent.id),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** One place that an announcement goes to, and how far it got there. */
export const announcementDelivery = pgTable(
  'announcement_delivery',
  {
    id: id(),
    announcementId: reference('announcement_id')
      .notNull()
      .references(() => announcement.id, { onDelete: 'cascade' }),
    channel: text('channel').notNull(),
    /** Opaque: only the channel reads it. */
    place: text('place').notNull(),
    /** Set where the place is a contact's own address. */
    contactId: reference('contact_id').references(() => contact.id, { onDelete: 'cascade' }),
    /** What is said there: the texts of these languages, in this order. */
    languages: text('languages').array().notNull(),
    /** `withheld`: the contact is protected. */
    state: text('state', { enum: ['pending', 'sending', 'sent', 'uncertain', 'failed', 'withheld'] })
      .notNull()
      .default('pending'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: at('due_at'),
    leaseUntil: at('lease_until'),
    /** A send may have arrived though nobody told so. */
    doubtful: boolean('doubtful').notNull().default(false),
    externalIds: jsonb('external_ids').notNull().default([]),
    failure: text('failure'),
    sentAt: at('sent_at'),
  },
  (table) => [
    uniqueIndex('announcement_delivery_place').on(table.announcementId, table.channel, table.place),
    index('announcement_delivery_contact').on(table.contactId),
    index('announcement_delivery_owed').on(table.announcementId, table.id).where(sql`${table.state} in ('pending', 'sending')`),
  ],
);

/** What the bot says before its answers on some topics, while it holds. */
export const notice = pgTable('notice', {
  id: id(),
  /** The desk's own id of it: asked for twice, it is made once. */
  clientId: text('client_id').unique(),
  texts: jsonb('texts').notNull(),
  topics: text('topics').array().notNull(),
  startsAt: at('starts_at').notNull().defaultNow(),
  /** Null: until somebody ends it. */
  endsAt: at('ends_at'),
  agentId: reference('agent_id').references(() => agent.id),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** A link by which a verified contact adds an address of another channel, once. Only the hash of its token is kept. */
export const contactLink = pgTable(
  'contact_link',
  {
    tokenHash: text('token_hash').primaryKey(),
    contactId: reference('contact_id')
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    expiresAt: at('expires_at').notNull(),
    /** The address that used it, as `channel place`. */
    usedBy: text('used_by'),
  },
  (table) => [index('contact_link_contact').on(table.contactId)],
);

/** Who is told of events over HTTP: a reader with its own position, in order, one at a time. */
export const webhook = pgTable('webhook', {
  id: id(),
  url: text('url').notNull(),
  /** Kinds of events; empty: all. */
  kinds: text('kinds').array().notNull().default(sql`'{}'`),
  /** What deliveries are signed with, sealed. */
  secret: bytea('secret').notNull(),
  /** Everything up to here was delivered or is of no interest. */
  position: text('position').notNull(),
  /** Not before this time; null: at once. */
  dueAt: at('due_at'),
  /** Deliveries of the next event that failed, and since when. */
  failures: integer('failures').notNull().default(0),
  failingSince: at('failing_since'),
  /** What the last delivery ended with: an HTTP status or a code. */
  lastResult: text('last_result'),
  deliveredAt: at('delivered_at'),
  disabledAt: at('disabled_at'),
  /** Why it is off: `failing` or `person`. */
  disabledWhy: text('disabled_why'),
  createdAt: at('created_at').notNull().defaultNow(),
});

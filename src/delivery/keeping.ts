import { type SQL, sql } from 'drizzle-orm';
import type { InboundBody, InboundMessage } from '../conversation/message.ts';
import { causeOf } from '../store/cause.ts';
import type { Db, Tx } from '../store/connection.ts';
import { runStatement } from '../store/statement.ts';

/** A contact's message as it is kept: masked, what was masked sealed. */
export interface Kept {
  inbound: InboundMessage;
  text: string;
  body: InboundBody;
  findings: unknown[];
  sealed: Buffer | null;
}

/** What became of it. `waits`: of a repeat, whether its conversation has anything that waits for a turn. */
export type Stored = {
  messageId: number;
  seq: number;
  text: string;
  repeated: boolean;
  conversationId: number;
  owner: string;
  waits?: boolean;
};

/** Who wrote, as the channel tells it. */
export interface Person {
  channel: string;
  address: string;
  name?: string;
  tier?: string;
  language?: string;
}

/** Adds a message to the open conversation of somebody of whom nothing has changed; undefined where there is none such. */
export function keepKnown(db: Db, fact: Kept, { channel, address, name, tier }: Person): Promise<Stored | undefined> {
  return keep(
    db,
    fact,
    sql`a.channel = ${channel}::text and a.value = ${address}::text and a.unreachable is null and conversation.closed_at is null
      and k.blocked_at is null and (${name ?? null}::text is null or k.name = ${name ?? null}::text)
      and (${tier ?? null}::text is null or k.tier = ${tier ?? null}::text)`,
    'known',
  );
}

/** Adds a message to a conversation. */
export function keepIn(tx: Tx, fact: Kept, conversationId: number): Promise<Stored | undefined> {
  return keep(tx, fact, sql`conversation.id = ${conversationId}::bigint`, 'in');
}

/**
 * The first message of a stranger: contact (with its data key), address, conversation and message at once; undefined where the address is
 * known, or another first message of theirs was faster.
 */
export async function keepFirst(db: Db, fact: Kept, person: Person, key: Buffer): Promise<Stored | undefined> {
  const heard = !fact.inbound.silent;
  const { channel, address, name = null, tier = null, language = null } = person;
  const rows = await runStatement<KeptRow>(
    db,
    'keep_first',
    sql`
    with k as (
      insert into contact (name, tier, key) select ${name}::text, ${tier}::text, ${key}::bytea
      where not exists (select from address where channel = ${channel}::text and value = ${address}::text) returning id
    ), a as (
      insert into address (contact_id, channel, value) select id, ${channel}::text, ${address}::text from k returning id, contact_id
    ), talk as (
      insert into conversation (contact_id, address_id, language, last_seq, heard_seq, heard_at, waiting_since)
        select contact_id, id, ${language}::text, 1, case when ${heard}::boolean then 1 else 0 end,
          case when ${heard}::boolean then now() end, case when ${heard}::boolean then now() end from a
      returning id, last_seq, address_id, owner
    ), ${written(fact)}
    select kept.id, talk.last_seq as seq, talk.id as conversation, talk.owner from kept, talk`,
  ).catch((error) => {
    if (causeOf(error)?.code === '23505' && causeOf(error)?.constraint === 'address_place') return [];
    throw error;
  });
  return storedOf(rows[0], fact);
}

type KeptRow = { id: string; seq: number; conversation: string; owner: string };

// The conversation's row lock first: receipts of one conversation are in order, and a repeat waits here for the first, whose id then refuses it.
async function keep(tx: Tx, fact: Kept, which: SQL, name: string): Promise<Stored | undefined> {
  const heard = !fact.inbound.silent;
  const { attachments = [], original } = fact.body;
  const files = [...attachments.map(({ file }) => file), original].filter((file) => file !== undefined);
  const rows = await runStatement<KeptRow>(
    tx,
    `keep_${name}${files.length > 0 ? '_files' : ''}`,
    sql`
    with talk as (
      update conversation set last_seq = last_seq + 1,
        heard_seq = case when ${heard}::boolean then last_seq + 1 else heard_seq end,
        heard_at = case when ${heard}::boolean then now() else heard_at end,
        waiting_since = case when ${heard}::boolean then coalesce(waiting_since, now()) else waiting_since end
      from address a join contact k on k.id = a.contact_id
      where conversation.address_id = a.id and ${which}
      returning conversation.id, last_seq, address_id, owner, conversation.contact_id, a.channel, a.value, conversation.state
    ), ${written(fact)}${files.length > 0 ? named(files) : sql``}
    select kept.id, talk.last_seq as seq, talk.id as conversation, talk.owner from kept, talk`,
  );
  return storedOf(rows[0], fact);
}

/** The message and its event, in the conversation `talk`. */
function written({ inbound, text, body, findings, sealed }: Kept): SQL {
  return sql`recorded as (
      insert into event (conversation_id, seq, kind, data) select id, last_seq, 'message', '{"author":"contact"}' from talk
    ), kept as (
      insert into message (conversation_id, address_id, seq, author, external_id, text, body, findings, sealed)
        select id, address_id, last_seq, 'contact', ${inbound.id}::text, ${text}::text, ${JSON.stringify(body)}::jsonb, ${JSON.stringify(findings)}::jsonb, ${sealed}::bytea
        from talk
      returning id
    )`;
}

// The files become the message's, where they arrived on its own address and no other message has them.
function named(files: string[]): SQL {
  return sql`, named as (
      update attachment set message_id = kept.id, conversation_id = talk.id, contact_id = talk.contact_id,
        -- What is sent after documents were asked for is one.
        identity = attachment.identity or coalesce((talk.state ->> 'documents')::boolean, false)
      from kept, talk
      where attachment.id = any(${sql.param(files)}::text[]) and attachment.message_id is null
        and attachment.channel = talk.channel and attachment.address = talk.value
    )`;
}

function storedOf(row: KeptRow | undefined, { text }: Kept): Stored | undefined {
  return (
    row && { messageId: Number(row.id), seq: row.seq, text, repeated: false, conversationId: Number(row.conversation), owner: row.owner }
  );
}

import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { ChannelEvent, Receipt } from '../conversation/channel.ts';
import { findOrCreateAddress, holdKey } from '../conversation/contact.ts';
import { openConversation } from '../conversation/conversation.ts';
import { type InboundBody, type InboundMessage, maxInboundLength } from '../conversation/message.ts';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Vault } from '../privacy/vault.ts';
import type { Db, Tx } from '../store/connection.ts';
import { address as addressTable, conversation, message } from '../store/schema.ts';
import { applyChange } from './changes.ts';
import type { Queues } from './queues.ts';

/** Stores what a channel receives. Resolves when it is durable; only then may the channel acknowledge. */
export type Receive = (channel: string, event: ChannelEvent) => Promise<Receipt>;

/** `quiet`: milliseconds to wait after a message before the turn is taken. */
export function createInbox(parts: {
  db: Db;
  queues: Queues;
  vault: Vault;
  log: Log;
  quiet(channel: string, inbound: InboundMessage): number;
}): Receive {
  const { db, queues, vault, log, quiet } = parts;

  return async (channel, event) => {
    if (event.event !== 'message') return applyChange(db, channel, event);
    const stored = await store(db, vault, channel, event, clean(event.message)).catch((error) =>
      repeatOf(db, channel, event.address, event.message.id, error),
    );
    // The message is kept: a wake-up that is lost here is made again by the sweep and is no reason to refuse it.
    if (stored.owner === 'bot' && !event.message.silent)
      await queues
        .wake('turns', String(stored.conversationId), quiet(channel, event.message))
        .catch((error: Error) => log.warn({ conversation: stored.conversationId, err: error.message }, 'wake-up lost'));
    metrics[stored.repeated ? 'repeated' : 'inbound'].inc({ channel });
    return { messageId: stored.messageId, seq: stored.seq, text: stored.text, repeated: stored.repeated };
  };
}

type Stored = { messageId: number; seq: number; text: string; repeated: boolean; conversationId: number; owner: string };

async function store(db: Db, vault: Vault, channel: string, origin: ChannelEvent, inbound: InboundMessage): Promise<Stored> {
  const masked = mask(inbound.text);
  const name = origin.contact?.name === undefined ? undefined : mask(clampName(origin.contact.name)).text;
  const attachments = inbound.attachments?.map((file) => ({ ...file, name: mask(file.name).text }));
  const { choice, silent, marks, department } = inbound;
  const [subject, full] = [maskIfAny(inbound.subject), maskIfAny(inbound.full)];
  const body: InboundBody = { type: 'message', choice, attachments, silent, subject, full, marks, department };

  const fact: Kept = { inbound, text: masked.text, body, findings: masked.findings, sealed: null };
  // Nearly all messages continue a conversation of somebody known, with nothing to seal: one statement.
  if (masked.findings.length === 0) {
    const known = await keep(
      db,
      fact,
      sql`a.channel = ${channel} and a.value = ${origin.address} and a.unreachable is null and conversation.closed_at is null and k.blocked_at is null
      and (${name ?? null}::text is null or k.name = ${name ?? null}) and (${origin.contact?.tier ?? null}::text is null or k.tier = ${origin.contact?.tier ?? null})`,
    );
    if (known) return known;
  }
  return db.transaction(async (tx) => {
    const place = { ...origin, contact: { ...origin.contact, name } };
    const { address, contact } = await findOrCreateAddress(tx, channel, place, vault.newKey);
    const repeat = await findStored(tx as unknown as Db, address.id, inbound.id);
    if (repeat) return repeat;
    // Who writes is there again.
    if (address.unreachable) await tx.update(addressTable).set({ unreachable: null }).where(eq(addressTable.id, address.id));
    const talk = await openConversation(tx, address.id, contact.id, origin.contact?.language);
    const sealed = masked.findings.length > 0 ? vault.seal(await holdKey(tx, contact.id), inbound.text) : null;
    const heard = contact.blockedAt ? silenced(fact) : fact;
    const stored = await keep(tx, { ...heard, sealed }, sql`conversation.id = ${talk.id}`);
    if (!stored) throw new Error('message was not stored');
    return stored;
  });
}

interface Kept {
  inbound: InboundMessage;
  text: string;
  body: InboundBody;
  findings: unknown[];
  sealed: Buffer | null;
}

/** What a blocked contact writes is kept, and answered by nobody. */
function silenced(fact: Kept): Kept {
  const silent = fact.inbound.silent ?? 'blocked';
  return { ...fact, inbound: { ...fact.inbound, silent }, body: { ...fact.body, silent } };
}

// The conversation's row lock first: receipts of one conversation are in order, and a repeat waits here for the first, whose id then refuses it.
async function keep(tx: Tx, { inbound, text, body, findings, sealed }: Kept, which: SQL): Promise<Stored | undefined> {
  const heard = !inbound.silent;
  const files = body.attachments?.flatMap(({ file }) => file ?? []) ?? [];
  const { rows } = await tx.execute<{ id: string; seq: number; conversation: string; owner: string }>(sql`
    with talk as (
      update conversation set last_seq = last_seq + 1,
        heard_seq = case when ${heard}::boolean then last_seq + 1 else heard_seq end,
        heard_at = case when ${heard}::boolean then now() else heard_at end,
        waiting_since = case when ${heard}::boolean then coalesce(waiting_since, now()) else waiting_since end
      from address a join contact k on k.id = a.contact_id
      where conversation.address_id = a.id and ${which}
      returning conversation.id, last_seq, address_id, owner, conversation.contact_id, a.channel, a.value
    ), recorded as (
      insert into event (conversation_id, seq, kind, data) select id, last_seq, 'message', '{"author":"contact"}' from talk
    ), kept as (
      insert into message (conversation_id, address_id, seq, author, external_id, text, body, findings, sealed)
        select id, address_id, last_seq, 'contact', ${inbound.id}, ${text}, ${JSON.stringify(body)}::jsonb, ${JSON.stringify(findings)}::jsonb, ${sealed}::bytea from talk
      returning id
    )${files.length > 0 ? named(files) : sql``}
    select kept.id, talk.last_seq as seq, talk.id as conversation, talk.owner from kept, talk`);
  const [row] = rows;
  return (
    row && { messageId: Number(row.id), seq: row.seq, text, repeated: false, conversationId: Number(row.conversation), owner: row.owner }
  );
}

// The files become the message's, where they arrived on its own address and no other message has them.
function named(files: string[]): SQL {
  return sql`, named as (
      update attachment set message_id = kept.id, conversation_id = talk.id, contact_id = talk.contact_id from kept, talk
      where attachment.id = any(${sql.param(files)}::text[]) and attachment.message_id is null
        and attachment.channel = talk.channel and attachment.address = talk.value
    )`;
}

/** The receipt of the first of two that came at once, where the second was refused for it. */
async function repeatOf(db: Db, channel: string, address: string, externalId: string, error: unknown): Promise<Stored> {
  const cause = (error as { cause?: { code?: string; constraint?: string } }).cause;
  if (cause?.code !== '23505' || cause.constraint !== 'message_external') throw error;
  const [place] = await db
    .select({ id: addressTable.id })
    .from(addressTable)
    .where(and(eq(addressTable.channel, channel), eq(addressTable.value, address)));
  const stored = place && (await findStored(db, place.id, externalId));
  if (!stored) throw error;
  return stored;
}

async function findStored(db: Db, addressId: number, externalId: string): Promise<Stored | undefined> {
  const [row] = await db
    .select({
      messageId: message.id,
      seq: message.seq,
      text: message.text,
      conversationId: message.conversationId,
      owner: conversation.owner,
    })
    .from(message)
    .innerJoin(conversation, eq(conversation.id, message.conversationId))
    .where(and(eq(message.addressId, addressId), eq(message.externalId, externalId)));
  return row && { ...row, seq: row.seq ?? 0, repeated: true };
}

/** What PostgreSQL and people can read: no NUL, no lone surrogates. Refuses what is empty or longer than we keep. */
function clean(inbound: InboundMessage): InboundMessage {
  const text = inbound.text.replaceAll('\0', '').toWellFormed();
  if (text.length > maxInboundLength)
    throw new Fault(
      'input.too-long',
      `The message has ${text.length} characters; at most ${maxInboundLength} are kept.`,
      'Send it in parts or as a file.',
    );
  if (!/\S/.test(text) && !inbound.attachments?.length && !inbound.choice)
    throw new Fault('input.invalid', 'The message is empty.', 'Write something or attach a file.');
  return { ...inbound, text };
}

function maskIfAny(text: string | undefined): string | undefined {
  return text === undefined ? undefined : mask(text.replaceAll('\0', '').toWellFormed()).text;
}

function clampName(name: string): string {
  return name
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, 80);
}

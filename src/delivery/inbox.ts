import { and, eq } from 'drizzle-orm';
import type { ChannelEvent, Receipt } from '../conversation/channel.ts';
import { findOrCreateAddress, holdKey } from '../conversation/contact.ts';
import { openConversation } from '../conversation/conversation.ts';
import { type InboundBody, type InboundMessage, maxInboundLength } from '../conversation/message.ts';
import { cutText } from '../cut-text.ts';
import { Fault } from '../errors.ts';
import type { Log } from '../log.ts';
import { metrics } from '../metrics.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Vault } from '../privacy/vault.ts';
import { storableText } from '../storable-text.ts';
import { causeOf } from '../store/cause.ts';
import type { Db } from '../store/connection.ts';
import { address as addressTable, conversation, message } from '../store/schema.ts';
import { applyChange } from './changes.ts';
import type { FileReceipts } from './file-receipts.ts';
import { type Kept, keepIn, type Person, type Stored } from './keeping.ts';
import { createKeep, type Keep } from './keeping-together.ts';
import type { LookHere } from './look-here.ts';
import type { Queues } from './queues.ts';

/** Stores what a channel receives. Resolves when it is durable; only then may the channel acknowledge. */
export type Receive = (channel: string, event: ChannelEvent) => Promise<Receipt>;

/** The wake-up of a repeat's first receipt may be lost, with whoever died over reading it: it is read again only after deaths are known. Milliseconds. */
const repeatMs = 5_000;

/** Of what a message answers so much is kept, UTF-16 units: enough to know it by. */
const mostQuoted = 200;

/** `quiet`: milliseconds to wait after a message before the turn is taken. */
export function createInbox(parts: {
  db: Db;
  queues: Queues;
  vault: Vault;
  log: Log;
  quiet(channel: string, inbound: Pick<InboundMessage, 'text' | 'choice'>): number;
  receipts?: FileReceipts;
  /** Where this process may take turns too. */
  lookHere?: LookHere;
}): Receive {
  const { db, queues, vault, log, quiet, receipts } = parts;
  const { wake } = parts.lookHere ?? { wake: (key: string, delayMs: number) => queues.wake('turns', key, delayMs) };
  const keep = createKeep(db, vault.newKey);

  return async (channel, event) => {
    if (event.event !== 'message') {
      const { waits, ...receipt } = await applyChange({ db, vault }, channel, event);
      if (waits !== undefined && event.event === 'edited') await wake(String(waits), quiet(channel, event));
      return receipt;
    }
    const stored = await store({ db, vault, keep }, channel, event, clean(event.message)).catch((error) =>
      repeatOf(db, channel, event.address, event.message.id, error),
    );
    if (stored.owner === 'bot' && !event.message.silent && stored.waits !== false)
      await wake(String(stored.conversationId), stored.repeated ? repeatMs : quiet(channel, event.message));
    // An agent has it, and now has a deadline for the answer.
    if (stored.owner === 'agent' && !event.message.silent) await queues.wake('deadlines', String(stored.conversationId));
    // Again after a repeat: the receipt of the first may be missing, and it is one.
    if (receipts && stored.owner !== 'bot' && !event.message.silent && event.message.attachments?.length)
      await receipts({ ...stored, channel, address: event.address, attachments: event.message.attachments }).catch((error: Error) =>
        log.warn({ conversation: stored.conversationId, err: error.message }, 'receipt of files not made'),
      );
    metrics[stored.repeated ? 'repeated' : 'inbound'].inc({ channel });
    return { messageId: stored.messageId, seq: stored.seq, text: stored.text, repeated: stored.repeated };
  };
}

async function store(
  { db, vault, keep }: { db: Db; vault: Vault; keep: Keep },
  channel: string,
  origin: ChannelEvent,
  inbound: InboundMessage,
): Promise<Stored> {
  const masked = mask(inbound.text);
  const name = origin.contact?.name === undefined ? undefined : mask(clampName(origin.contact.name)).text;
  const body = bodyOf(inbound);
  const fact: Kept = { inbound, text: masked.text, body, findings: masked.findings, sealed: null };
  // Nearly all messages continue a conversation of somebody known, with nothing to seal: one statement.
  // Nearly all others are the first of a stranger: one as well.
  if (masked.findings.length === 0) {
    const { subject, tier, language } = origin.contact ?? {};
    const person: Person = { channel, address: origin.address, name, tier, language };
    const kept =
      (await keep.known(fact, person)) ??
      (subject || body.attachments?.length || body.original ? undefined : await keep.first(fact, person));
    if (kept) return kept;
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
    const stored = await keepIn(tx, { ...heard, sealed }, talk.id);
    if (!stored) throw new Error('message was not stored');
    return stored;
  });
}

/** What is kept beside the text, masked as it is. */
function bodyOf({ choice, silent, marks, department, original, ...inbound }: InboundMessage): InboundBody {
  const attachments = inbound.attachments?.map((file) => ({ ...file, name: mask(file.name).text }));
  const [subject, full, quoted] = [inbound.subject, inbound.full, inbound.quoted].map(maskIfAny);
  const beginning = quoted && cutText(quoted, mostQuoted);
  return { type: 'message', choice, attachments, silent, subject, full, original, marks, department, quoted: beginning };
}

/** What a blocked contact writes is kept, and answered by nobody. */
function silenced(fact: Kept): Kept {
  const silent = fact.inbound.silent ?? 'blocked';
  return { ...fact, inbound: { ...fact.inbound, silent }, body: { ...fact.body, silent } };
}

/** The receipt of the first of two that came at once, where the second was refused for it. */
async function repeatOf(db: Db, channel: string, address: string, externalId: string, error: unknown): Promise<Stored> {
  const cause = causeOf(error);
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
      waitingSince: conversation.waitingSince,
    })
    .from(message)
    .innerJoin(conversation, eq(conversation.id, message.conversationId))
    .where(and(eq(message.addressId, addressId), eq(message.externalId, externalId)));
  if (!row) return undefined;
  const { waitingSince, ...found } = row;
  return { ...found, seq: row.seq ?? 0, repeated: true, waits: waitingSince !== null };
}

/** With a text that can be kept. Refuses what is empty or longer than we keep. */
function clean(inbound: InboundMessage): InboundMessage {
  const text = storableText(inbound.text);
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
  return text === undefined ? undefined : mask(storableText(text)).text;
}

function clampName(name: string): string {
  return cutText(name.replace(/\p{C}+/gu, ' ').trim(), 80);
}

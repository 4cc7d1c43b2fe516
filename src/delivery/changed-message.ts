import { and, asc, eq, gte, inArray, isNotNull, isNull, not, notInArray, sql } from 'drizzle-orm';
import type { Receipt } from '../conversation/channel.ts';
import { holdKey } from '../conversation/contact.ts';
import { recordEvent } from '../conversation/event.ts';
import type { Author, InboundBody } from '../conversation/message.ts';
import { takeBackFiles } from '../files/forget.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Vault } from '../privacy/vault.ts';
import { storableText } from '../storable-text.ts';
import type { Db, Tx } from '../store/connection.ts';
import { contact, conversation, message } from '../store/schema.ts';

/** What became of a change. `waits`: the conversation whose turn it concerns. */
export interface Changed extends Receipt {
  waits?: number;
}

/** Puts other words in the place of a message's: masked again, what was masked sealed again. The same words once more have no effect. */
export async function editMessage(
  { db, vault }: { db: Db; vault: Vault },
  place: { id: number; contactId: number },
  { id, text }: { id: string; text: string },
): Promise<Changed> {
  const given = storableText(text);
  const { text: masked, findings } = mask(given);
  return db.transaction(async (tx) => {
    const row = await find(tx, place.id, id);
    if (!row || row.body.deleted) return { repeated: true };
    const key = row.sealed || findings.length > 0 ? await holdKey(tx, place.contactId) : undefined;
    const before = key && row.sealed ? vault.open(key, row.sealed) : row.text;
    if (before === given) return { repeated: true };
    const sealed = key && findings.length > 0 ? vault.seal(key, given) : null;
    await tx.update(message).set({ text: masked, findings, sealed }).where(eq(message.id, row.id));
    const seq = await recordEvent(tx, row.conversationId, { kind: 'edited', data: { messageId: row.id } });
    const waits = (await askAgain(tx, row, seq)) ? row.conversationId : undefined;
    return { messageId: row.id, seq, text: masked, repeated: false, waits };
  });
}

/**
 * While the bot has the conversation, other words are read as well: by the turn that waits for the message or has just read the old ones, or, where it had
 * its turn, by one more, for which it takes its place behind what was said to it. Holds the conversation's row, so no turn is settled in between.
 */
async function askAgain(
  tx: Tx,
  row: { id: number; conversationId: number; seq: number | null; body: InboundBody },
  seq: number,
): Promise<boolean> {
  if (row.body.silent || row.seq === null) return false;
  const anew = sql`${conversation.handledSeq} >= ${row.seq}`;
  const [talk] = await tx
    .update(conversation)
    .set({
      version: sql`${conversation.version} + 1`,
      heardSeq: sql`case when ${anew} then ${seq} else ${conversation.heardSeq} end`,
      heardAt: sql`now()`,
      waitingSince: sql`coalesce(${conversation.waitingSince}, now())`,
    })
    .where(
      and(
        eq(conversation.id, row.conversationId),
        eq(conversation.owner, 'bot'),
        isNull(conversation.closedAt),
        sql`not exists (select from ${contact} where ${contact.id} = ${conversation.contactId} and ${contact.blockedAt} is not null)`,
      ),
    )
    .returning({ handledSeq: conversation.handledSeq });
  if (!talk) return false;
  if (talk.handledSeq >= row.seq) {
    const body: InboundBody = { ...row.body, earlierSeq: row.seq };
    await tx.update(message).set({ seq, body }).where(eq(message.id, row.id));
  }
  return true;
}

/** The first that was said to a contact after a place in the conversation, `why` where the bot said it. */
export interface Said {
  author: Author;
  why: unknown;
}

// What the bot says belongs to its turn: an answer to something earlier may have started to go out only after the message came.
const place = sql`coalesce(${message.turnSeq}, ${message.seq})`;

/** What was said to the message that had this place; undefined where nothing was that arrived or still may. */
export async function saidTo(db: Db, conversationId: number, seq: number): Promise<Said | undefined> {
  const [row] = await db
    .select({ author: message.author, why: message.why })
    .from(message)
    .where(
      and(
        eq(message.conversationId, conversationId),
        gte(place, seq),
        inArray(message.author, ['bot', 'agent']),
        notInArray(message.delivery, ['failed', 'withdrawn']),
      ),
    )
    .orderBy(asc(place))
    .limit(1);
  return row;
}

/** Gives messages the place back that they had before they were edited. */
export async function putBack(tx: Tx, ids: number[]): Promise<void> {
  await tx
    .update(message)
    .set({ seq: sql`(${message.body} ->> 'earlierSeq')::int`, body: sql`${message.body} - 'earlierSeq'` })
    .where(inArray(message.id, ids));
}

/** Takes a message back with all that was kept of it: its words, their sealed original, its files. That there was one stays. */
export async function deleteMessage(db: Db, addressId: number, id: string): Promise<Receipt> {
  return db.transaction(async (tx) => {
    const row = await find(tx, addressId, id);
    if (!row || row.body.deleted) return { repeated: true };
    const { subject: _, full: __, original: ___, quoted: ____, ...rest } = row.body;
    const body: InboundBody = { ...rest, deleted: true };
    await tx.update(message).set({ text: '', findings: [], sealed: null, body }).where(eq(message.id, row.id));
    await takeBackFiles(tx, row.id);
    const seq = await recordEvent(tx, row.conversationId, { kind: 'deleted', data: { messageId: row.id } });
    await leaveAlone(tx, row.conversationId);
    return { messageId: row.id, seq, text: '', repeated: false };
  });
}

/** Where nothing but what was taken back waits for the bot, nobody asks anything: nothing is said. Holds the conversation's row, so nothing comes in between. */
async function leaveAlone(tx: Tx, id: number): Promise<void> {
  const asked = sql`exists (
    select from ${message} where ${message.conversationId} = ${id} and ${message.author} = 'contact' and ${message.seq} > ${conversation.handledSeq}
      and ${message.body} ->> 'silent' is null and ${message.body} ->> 'deleted' is null)`;
  await tx
    .update(conversation)
    .set({ handledSeq: sql`${conversation.heardSeq}`, waitingSince: null, version: sql`${conversation.version} + 1` })
    .where(and(eq(conversation.id, id), eq(conversation.owner, 'bot'), isNotNull(conversation.waitingSince), not(asked)));
}

// The conversation's row first, as everybody locks.
async function find(tx: Tx, addressId: number, externalId: string) {
  const wanted = and(eq(message.addressId, addressId), eq(message.externalId, externalId));
  const talk = tx.select({ id: message.conversationId }).from(message).where(wanted);
  await tx.select({ id: conversation.id }).from(conversation).where(inArray(conversation.id, talk)).for('no key update');
  const [row] = await tx.select().from(message).where(wanted).for('update');
  return row && { ...row, body: row.body as InboundBody };
}

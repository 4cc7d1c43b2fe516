import { and, eq, isNotNull, not, sql } from 'drizzle-orm';
import type { Receipt } from '../conversation/channel.ts';
import { holdKey } from '../conversation/contact.ts';
import { recordEvent } from '../conversation/event.ts';
import type { InboundBody } from '../conversation/message.ts';
import { takeBackFiles } from '../files/forget.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Vault } from '../privacy/vault.ts';
import { storableText } from '../storable-text.ts';
import type { Db, Tx } from '../store/connection.ts';
import { conversation, message } from '../store/schema.ts';

/** Puts other words in the place of a message's: masked again, what was masked sealed again. The same words once more have no effect. */
export async function editMessage(
  { db, vault }: { db: Db; vault: Vault },
  place: { id: number; contactId: number },
  { id, text }: { id: string; text: string },
): Promise<Receipt> {
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
    return { messageId: row.id, seq, text: masked, repeated: false };
  });
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

async function find(tx: Tx, addressId: number, externalId: string) {
  const [row] = await tx
    .select()
    .from(message)
    .where(and(eq(message.addressId, addressId), eq(message.externalId, externalId)))
    .for('update');
  return row && { ...row, body: row.body as InboundBody };
}

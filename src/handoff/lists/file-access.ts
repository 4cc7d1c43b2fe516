import { eq } from 'drizzle-orm';
import { recordEvent } from '../../conversation/event.ts';
import { Fault } from '../../errors.ts';
import { originalType } from '../../files/original.ts';
import type { Db } from '../../store/connection.ts';
import { attachment, ticket } from '../../store/schema.ts';
import type { Agent } from '../agents/agent.ts';
import { findTicket } from './lists.ts';

type FileRow = typeof attachment.$inferSelect;

/**
 * A file that an agent may open: of a conversation with a ticket that they may read. Throws `not-found` for all others alike, so that ids tell nothing.
 * That they open an identity document, or a whole mail (for supervisors: it is not masked), is recorded first: no view without its event.
 */
export async function openedBy(db: Db, who: Agent, fileId: string): Promise<FileRow> {
  const [file] = await db.select().from(attachment).where(eq(attachment.id, fileId));
  const conversationId = file?.conversationId;
  if (!file || !conversationId || !(await mayReadConversation(db, who, conversationId))) throw notThere();
  const original = file.type === originalType;
  if (original && who.role !== 'supervisor')
    throw new Fault('forbidden', 'Whole mails are not masked: only supervisors may open them.', 'Read the masked text beside it.');
  if (file.state === 'kept' && (file.identity || original))
    await recordEvent(db, conversationId, { kind: 'file-viewed', data: { fileId }, agentId: who.id });
  return file;
}

/** Marks a file as an identity document, or takes the mark away. Throws `not-found` as openedBy does. */
export async function markIdentity(db: Db, who: Agent, fileId: string, identity: boolean): Promise<void> {
  const [file] = await db.select().from(attachment).where(eq(attachment.id, fileId));
  const conversationId = file?.conversationId;
  if (!conversationId || !(await mayReadConversation(db, who, conversationId))) throw notThere();
  if (file.identity === identity) return;
  await db.transaction(async (tx) => {
    await tx.update(attachment).set({ identity }).where(eq(attachment.id, fileId));
    await recordEvent(tx, conversationId, { kind: 'file-marked', data: { fileId, identity }, agentId: who.id });
  });
}

async function mayReadConversation(db: Db, who: Agent, conversationId: number): Promise<boolean> {
  const tickets = await db.select({ id: ticket.id }).from(ticket).where(eq(ticket.conversationId, conversationId));
  for (const { id } of tickets) if (await findTicket(db, who, id)) return true;
  return false;
}

function notThere(): Fault {
  return new Fault('not-found', 'There is no such file.');
}

import { eq, sql } from 'drizzle-orm';
import type { Attachment, Reply } from '../conversation/message.ts';
import { needsWayOut } from '../files/receipt.ts';
import type { NewUploadLink } from '../files/upload-link.ts';
import type { Db } from '../store/connection.ts';
import { contact, conversation } from '../store/schema.ts';
import { owe } from './owe.ts';
import type { Queues } from './queues.ts';

/** Tells the contact of a conversation that people have which of a message's files arrived; once, whatever repeats. The bot says it in its own turn. */
export type FileReceipts = (of: {
  conversationId: number;
  seq: number;
  channel: string;
  address: string;
  attachments: Attachment[];
}) => Promise<void>;

// Beside the parts of a bot's turn, which count from 0.
const part = -1;

/**
 * Receipts over the pipes. `say`: the text in a language; empty where there is nothing to say. `wayOut`: a link to send by what the channel could not
 * give, with the sentence that says it; undefined where nobody knows the page's address.
 */
export function createFileReceipts(parts: {
  db: Db;
  queues: Queues;
  isPublic(channel: string, address: string): boolean;
  say(attachments: Attachment[], language: string | undefined): string;
  wayOut(conversationId: number, language: string | undefined): (Pick<NewUploadLink, 'store'> & { text: string }) | undefined;
}): FileReceipts {
  const { db, queues, isPublic, say, wayOut } = parts;
  return async ({ conversationId, seq, channel, address, attachments }) => {
    // Names of files are personal.
    if (isPublic(channel, address)) return;
    const [talk] = await db
      .select({ addressId: conversation.addressId, language: sql<string | null>`coalesce(${contact.language}, ${conversation.language})` })
      .from(conversation)
      .innerJoin(contact, eq(contact.id, conversation.contactId))
      .where(eq(conversation.id, conversationId));
    const language = talk?.language ?? undefined;
    const said = say(attachments, language);
    if (!talk || !said) return;
    const link = needsWayOut(attachments) ? wayOut(conversationId, language) : undefined;
    const reply: Reply = { type: 'text', text: link ? `${said}\n\n${link.text}` : said };
    await db.transaction(async (tx) => {
      const once = { turnSeq: seq, part };
      const owed = await owe(tx, { conversationId, addressId: talk.addressId, author: 'bot', reply, once });
      // Said already: that one has the link.
      if (owed) await link?.store(tx);
    });
    await queues.wake(`deliveries-${channel}`, String(conversationId));
  };
}

import { sql } from 'drizzle-orm';
import type { Attachment, Reply } from '../conversation/message.ts';
import { needsWayOut } from '../files/receipt.ts';
import type { NewUploadLink } from '../files/upload-link.ts';
import type { Db } from '../store/connection.ts';
import type { Queues } from './queues.ts';

/** Tells the contact of a conversation that people have which of a message's files arrived; once, whatever repeats. The bot says it in its own turn. */
export type Receipts = (of: {
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
export function createReceipts(parts: {
  db: Db;
  queues: Queues;
  isPublic(channel: string, address: string): boolean;
  say(attachments: Attachment[], language: string | undefined): string;
  wayOut(conversationId: number, language: string | undefined): (Pick<NewUploadLink, 'store'> & { text: string }) | undefined;
}): Receipts {
  const { db, queues, isPublic, say, wayOut } = parts;
  return async ({ conversationId, seq, channel, address, attachments }) => {
    // Names of files are personal.
    if (isPublic(channel, address)) return;
    const { rows } = await db.execute<{ language: string | null }>(sql`
      select coalesce(k.language, c.language) as language from conversation c join contact k on k.id = c.contact_id where c.id = ${conversationId}`);
    const language = rows[0]?.language ?? undefined;
    const said = say(attachments, language);
    if (!said) return;
    const link = needsWayOut(attachments) ? wayOut(conversationId, language) : undefined;
    const text = link ? `${said}\n\n${link.text}` : said;
    const reply: Reply = { type: 'text', text };
    await db.transaction(async (tx) => {
      const { rowCount } = await tx.execute(sql`
        insert into message (conversation_id, address_id, author, text, body, turn_seq, part, fence, delivery)
          select id, address_id, 'bot', ${text}, ${JSON.stringify(reply)}::jsonb, ${seq}::int, ${part}::int, 'none', 'pending' from conversation where id = ${conversationId}
        on conflict (conversation_id, turn_seq, part) where turn_seq is not null do nothing`);
      // Said already: that one has the link.
      if (rowCount) await link?.store(tx);
    });
    await queues.wake(`deliveries-${channel}`, String(conversationId));
  };
}

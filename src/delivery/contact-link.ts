import { createHash, randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Channel, Host, Origin } from '../conversation/channel.ts';
import { findOrCreateAddress } from '../conversation/contact.ts';
import { isFault } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Vault } from '../privacy/vault.ts';
import type { Db } from '../store/connection.ts';
import { contact, contactLink } from '../store/schema.ts';
import { mergeContacts } from './merge.ts';

/** How long a link works. Milliseconds. */
const linkMs = 600_000;

interface Parts {
  db: Db;
  vault: Vault;
  log: Log;
  /** Those that people can be led to. */
  channels(): Channel[];
}

/** Links by which somebody whose identity a host page has signed for goes on elsewhere as the same contact. `of(channel)`: that channel's part of them. */
export function createContactLinks(parts: Parts): { of(channel: string): Host['links'] } {
  return {
    of: (channel) => ({ make: (origin) => make(parts, channel, origin), use: (token, origin) => use(parts, channel, token, origin) }),
  };
}

async function make({ db, vault, log, channels }: Parts, channel: string, origin: Origin): ReturnType<Host['links']['make']> {
  if (!origin.contact?.subject) return [];
  const elsewhere = channels().flatMap(({ name, label, linkTo }) => (linkTo && name !== channel ? { name, label, linkTo } : []));
  const made = await Promise.all(
    elsewhere.map(async ({ name, label, linkTo }) => {
      const token = randomBytes(32).toString('base64url');
      const url = await linkTo(token).catch((error: Error) => void log.warn({ channel: name, err: error.message }, 'no link made'));
      if (!url) return [];
      const expiresAt = new Date(Date.now() + linkMs);
      await db.transaction(async (tx) => {
        const { contact: whose } = await findOrCreateAddress(tx, channel, origin, vault.newKey);
        await tx.delete(contactLink).where(sql`${contactLink.expiresAt} < now() - interval '1 day'`);
        await tx.insert(contactLink).values({ tokenHash: hashOf(token), contactId: whose.id, expiresAt });
      });
      return { channel: name, label, url, expiresAt: expiresAt.getTime() };
    }),
  );
  return made.flat();
}

/** The address becomes one of the contact's who made the link; an earlier contact of the address is merged into them. */
async function use({ db, vault, log }: Parts, channel: string, token: string, origin: Origin): ReturnType<Host['links']['use']> {
  try {
    return await db.transaction(async (tx) => {
      const by = `${channel} ${origin.address}`;
      const [link] = await tx
        .select()
        .from(contactLink)
        .where(eq(contactLink.tokenHash, hashOf(token)))
        .for('update');
      // The same message brought twice has one effect.
      if (link?.usedBy === by) return 'linked';
      if (!link || link.usedBy || link.expiresAt.getTime() < Date.now()) return 'expired';
      const [whose] = await tx.select().from(contact).where(eq(contact.id, link.contactId));
      const { contact: known } = await findOrCreateAddress(tx, channel, withSubject(origin, whose?.subject), vault.newKey);
      if (known.id !== link.contactId) {
        if (known.subject) return 'other';
        await mergeContacts(tx, vault, known.id, link.contactId);
      }
      await tx.update(contactLink).set({ usedBy: by }).where(eq(contactLink.tokenHash, link.tokenHash));
      return 'linked';
    });
  } catch (error) {
    if (!isFault(error) || error.status >= 500) throw error;
    log.warn({ code: error.code }, 'address not linked');
    return 'other';
  }
}

// A new address is made with the contact whose subject it is.
function withSubject({ address, contact: given }: Origin, subject: string | null | undefined): Origin {
  return { address, contact: { ...given, subject: subject ?? undefined } };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

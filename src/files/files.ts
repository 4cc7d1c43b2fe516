import { createHash, randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { FileLimits, GivenFile, HostFiles, KeptFile } from '../conversation/channel.ts';
import type { Attachment } from '../conversation/message.ts';
import type { Log } from '../log.ts';
import { deriveKey, newDataKey, wrap } from '../privacy/seal.ts';
import { mask } from '../privacy/sensitive.ts';
import type { BytesPlace } from '../store/bytes.ts';
import type { Db } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import type { Words } from '../words.ts';
import { asAttachment } from './as-attachment.ts';
import { judge } from './judge.ts';
import { acceptOf, kindNames } from './kinds.ts';
import { safeName } from './name.ts';
import { originalType } from './original.ts';
import { type Scanned, scanBytes } from './scan.ts';
import { fileKeys, openBytes, sealBytes } from './sealed.ts';
import { isSigned, signPath } from './signed-path.ts';
import { takeBytes } from './take-bytes.ts';
import { createTurnstile } from './turnstile.ts';

/** Files being judged, scanned and sealed at once in this process: each may be as large as the limit, several times over in memory. */
const mostAtOnce = 4;
/** A scanner that was not there is left alone for so long, milliseconds: else every file would wait for its deadline. */
const scannerRestMs = 30_000;

/** What desk.yaml says of files. */
export interface FileRules {
  accept: string[];
  maxMb: number;
  count: number;
}

export interface FileParts {
  db: Db;
  place: BytesPlace;
  secret: string;
  log: Log;
  words: Words;
  rules(): FileRules;
  /** Where a virus scanner listens; without it files are marked `not-scanned`. */
  clamdUrl?: string;
}

/** The files of all channels. */
export interface Files {
  /** A channel's own way to them. */
  of(channel: string): HostFiles;
  /** As HostFiles.keep; `agentId`: who put them in, where an agent did. */
  keep(files: GivenFile[], origin: FileOrigin): Promise<Attachment[]>;
  /** As HostFiles.keepOriginal. */
  keepOriginal(original: { name: string; bytes: Uint8Array }, origin: FileOrigin): Promise<string>;
  open(id: string): Promise<KeptFile | undefined>;
  link(id: string): string;
  /** Whether we gave this signed path of a file (`link`). */
  isLink(id: string, signed: { until: number; key: string }): boolean;
  why(language: string, code: string): string;
  limits(): FileLimits;
}

/** Where a file comes from, and for an agent's: who, and in which conversation it may be sent. */
export interface FileOrigin {
  channel: string;
  address: string;
  agentId?: number;
  conversationId?: number;
  contactId?: number;
  /** It was put in as an identity document. */
  identity?: boolean;
}

/** Files over a place of sealed bytes. */
export function createFiles(parts: FileParts): Files {
  const { db, place, secret, rules, words, log, clamdUrl } = parts;
  const master = deriveKey(secret, fileKeys);
  const linkKey = deriveKey(secret, 'file-links');
  const inTurn = createTurnstile(mostAtOnce);
  let scannerAwayUntil = 0;

  const limits = (): FileLimits => ({
    maxBytes: Math.floor(rules().maxMb * 1024 * 1024),
    count: rules().count,
    accept: acceptOf(rules().accept),
    kinds: kindNames(rules().accept),
  });

  const files: Files = {
    limits,
    link: (id) => signPath(linkKey, `/files/${id}`, Date.now()),
    isLink: (id, signed) => isSigned(linkKey, `/files/${id}`, signed, Date.now()),
    why: (language, code) => words(language, `files:refused.${code}`, { ...limits(), maxMb: rules().maxMb }),
    async keep(given, origin) {
      const kept: Attachment[] = [];
      // One after the other: at most one file of a message is in memory.
      for (const [n, file] of given.entries()) kept.push(n < limits().count ? await keepOne(file, origin) : refuse(file, 'too-many'));
      return kept;
    },
    async open(id) {
      const [row] = await db.select().from(attachment).where(eq(attachment.id, id));
      if (row?.state !== 'kept') return undefined;
      const bytes = await openBytes({ place, master }, row);
      return bytes && { name: row.name, type: row.type, size: row.size, bytes };
    },
    async keepOriginal({ name, bytes }, origin) {
      const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const { id } = await seal({ ...origin, name, type: originalType, scan: 'not-scanned' }, given);
      return id;
    },
    of: (channel) => ({
      keep: (given, { address }) => files.keep(given, { channel, address }),
      keepOriginal: (given, { address }) => files.keepOriginal(given, { channel, address }),
      find: (ids, { address }) => find(ids.slice(0, limits().count), channel, address),
      open: files.open,
      link: files.link,
      why: files.why,
      limits,
    }),
  };
  return files;

  async function find(ids: string[], channel: string, address: string): Promise<Attachment[]> {
    const rows = await db
      .select()
      .from(attachment)
      .where(
        and(
          inArray(attachment.id, ids),
          eq(attachment.channel, channel),
          eq(attachment.address, address),
          inArray(attachment.state, ['kept', 'quarantined']),
          isNull(attachment.messageId),
        ),
      );
    return ids.flatMap((id) => rows.filter((row) => row.id === id).map(asAttachment));
  }

  async function keepOne(file: GivenFile, origin: FileOrigin): Promise<Attachment> {
    const bytes = await takeBytes(file, limits().maxBytes);
    return typeof bytes === 'string' ? refuse(file, bytes) : inTurn(() => keepBytes(file, bytes, origin));
  }

  async function keepBytes(file: GivenFile, bytes: Buffer, origin: FileOrigin): Promise<Attachment> {
    const verdict = await judge({ name: file.name, bytes }, rules().accept);
    if (verdict.refused !== undefined) return refuse({ ...file, size: bytes.length }, verdict.refused);
    const scanned = await scan(bytes);
    const row = await seal(
      {
        ...origin,
        name: mask(verdict.name).text,
        type: verdict.type,
        scan: scanned.scan,
        threat: scanned.scan === 'infected' ? scanned.threat : undefined,
      },
      bytes,
    );
    return asAttachment(row);
  }

  async function seal(about: Omit<typeof attachment.$inferInsert, 'id' | 'size' | 'sha256' | 'key' | 'state'>, bytes: Buffer) {
    const id = randomUUID();
    const key = newDataKey();
    // First the row, then the bytes: bytes that no row knows would stay for ever.
    await db.insert(attachment).values({
      ...about,
      id,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      key: wrap(master, key, id),
    });
    await place.write(id, sealBytes(key, id, bytes));
    const [row] = await db
      .update(attachment)
      .set({ state: about.scan === 'infected' ? 'quarantined' : 'kept' })
      .where(eq(attachment.id, id))
      .returning();
    if (!row) throw new Error('file vanished while it was kept');
    return row;
  }

  async function scan(bytes: Buffer): Promise<Scanned> {
    if (!clamdUrl || Date.now() < scannerAwayUntil) return { scan: 'not-scanned', why: 'away' };
    const scanned = await scanBytes(clamdUrl, bytes);
    // It is kept all the same and looked at again later: a scanner that is away must not cost anybody their documents.
    if (scanned.scan === 'not-scanned') {
      scannerAwayUntil = Date.now() + scannerRestMs;
      log.warn({ why: scanned.why }, 'a file could not be scanned for viruses');
    }
    return scanned;
  }
}

function refuse({ name, type, size }: GivenFile, refused: string): Attachment {
  const claimed = type && /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(type) ? type : 'application/octet-stream';
  return { name: mask(safeName(name) || 'file').text, type: claimed, size: size ?? 0, refused };
}

import { createHash, randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { FileLimits, GivenFile, HostFiles, KeptFile } from '../conversation/channel.ts';
import type { Attachment } from '../conversation/message.ts';
import type { Log } from '../log.ts';
import { deriveKey, newDataKey, open, seal, unwrap, wrap } from '../privacy/seal.ts';
import { mask } from '../privacy/sensitive.ts';
import type { BytesPlace } from '../store/bytes.ts';
import type { Db } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import { asAttachment } from './as-attachment.ts';
import { judge } from './judge.ts';
import { acceptOf } from './kinds.ts';
import { safeName } from './name.ts';
import { signPath } from './signed-path.ts';
import { takeBytes } from './take-bytes.ts';

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
  rules(): FileRules;
}

/** The files of all channels. */
export interface Files {
  /** A channel's own way to them. */
  of(channel: string): HostFiles;
  /** As HostFiles.keep; `agentId`: who put them in, where an agent did. */
  keep(files: GivenFile[], origin: { channel: string; address: string; agentId?: number }): Promise<Attachment[]>;
  open(id: string): Promise<KeptFile | undefined>;
  link(id: string): string;
  limits(): FileLimits;
}

/** Files over a place of sealed bytes. */
export function createFiles(parts: FileParts): Files {
  const { db, place, secret, rules } = parts;
  const master = deriveKey(secret, 'file-keys');
  const linkKey = deriveKey(secret, 'file-links');

  const limits = (): FileLimits => ({
    maxBytes: Math.floor(rules().maxMb * 1024 * 1024),
    count: rules().count,
    accept: acceptOf(rules().accept),
  });

  const files: Files = {
    limits,
    link: (id) => signPath(linkKey, `/files/${id}`, Date.now()),
    async keep(given, origin) {
      const kept: Attachment[] = [];
      // One after the other: at most one file of a message is in memory.
      for (const [n, file] of given.entries()) kept.push(n < limits().count ? await keepOne(file, origin) : refuse(file, 'too-many'));
      return kept;
    },
    async open(id) {
      const [row] = await db.select().from(attachment).where(eq(attachment.id, id));
      if (row?.state !== 'kept') return undefined;
      const sealed = await place.read(id);
      if (!sealed) return undefined;
      const bytes = open(unwrap(master, row.key, id), sealed, `file:${id}`);
      return { name: row.name, type: row.type, size: row.size, bytes };
    },
    of: (channel) => ({
      keep: (given, { address }) => files.keep(given, { channel, address }),
      find: (ids, { address }) => find(ids.slice(0, limits().count), channel, address),
      open: files.open,
      link: files.link,
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

  async function keepOne(file: GivenFile, origin: { channel: string; address: string; agentId?: number }): Promise<Attachment> {
    const bytes = await takeBytes(file, limits().maxBytes);
    if (typeof bytes === 'string') return refuse(file, bytes);
    const verdict = await judge({ name: file.name, bytes }, rules().accept);
    if (verdict.refused !== undefined) return refuse({ ...file, size: bytes.length }, verdict.refused);
    const id = randomUUID();
    const key = newDataKey();
    const { type } = verdict;
    const name = mask(verdict.name).text;
    // First the row, then the bytes: bytes that no row knows would stay for ever.
    await db.insert(attachment).values({
      id,
      channel: origin.channel,
      address: origin.address,
      agentId: origin.agentId,
      name,
      type,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      key: wrap(master, key, id),
    });
    await place.write(id, seal(key, bytes, `file:${id}`));
    const [row] = await db.update(attachment).set({ state: 'kept' }).where(eq(attachment.id, id)).returning();
    if (!row) throw new Error('file vanished while it was kept');
    return asAttachment(row);
  }
}

function refuse({ name, type, size }: GivenFile, refused: string): Attachment {
  const claimed = type && /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(type) ? type : 'application/octet-stream';
  return { name: mask(safeName(name) || 'file').text, type: claimed, size: size ?? 0, refused };
}

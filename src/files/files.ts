import { eq } from 'drizzle-orm';
import type { FileLimits, GivenFile, HostFiles, KeptFile } from '../conversation/channel.ts';
import type { Attachment } from '../conversation/message.ts';
import type { Log } from '../log.ts';
import { deriveKey } from '../privacy/seal.ts';
import type { BytesPlace } from '../store/bytes.ts';
import type { Db } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import type { Words } from '../words.ts';
import { findFiles } from './find-files.ts';
import { createKeeper, type FileOrigin, type FileRules, refuse } from './keep-file.ts';
import { acceptOf, kindNames } from './kinds.ts';
import { originalType } from './original.ts';
import { createScanner } from './scanner.ts';
import { fileKeys, type Opener, openBytes } from './sealed.ts';
import { isSigned, signPath } from './signed-path.ts';
import { storeFile } from './store-file.ts';

/** What the files need. */
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

/** Files over a place of sealed bytes. */
export function createFiles({ db, place, secret, rules, words, log, clamdUrl }: FileParts): Files {
  const opener: Opener = { place, master: deriveKey(secret, fileKeys) };
  const linkKey = deriveKey(secret, 'file-links');
  const limits = (): FileLimits => ({
    maxBytes: Math.floor(rules().maxMb * 1024 * 1024),
    count: rules().count,
    accept: acceptOf(rules().accept),
    kinds: kindNames(rules().accept),
  });
  const keepOne = createKeeper({ db, opener, rules, limits, scan: createScanner(clamdUrl, log) });

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
    async keepOriginal({ name, bytes }, origin) {
      const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const { id } = await storeFile(db, opener, { ...origin, name, type: originalType, scan: 'not-scanned' }, given);
      return id;
    },
    async open(id) {
      const [row] = await db.select().from(attachment).where(eq(attachment.id, id));
      if (row?.state !== 'kept') return undefined;
      const bytes = await openBytes(opener, row);
      return bytes && { name: row.name, type: row.type, size: row.size, bytes };
    },
    of: (channel) => ({
      keep: (given, { address }) => files.keep(given, { channel, address }),
      keepOriginal: (given, { address }) => files.keepOriginal(given, { channel, address }),
      find: (ids, { address }) => findFiles(db, ids.slice(0, limits().count), { channel, address }),
      open: files.open,
      link: files.link,
      why: files.why,
      limits,
    }),
  };
  return files;
}

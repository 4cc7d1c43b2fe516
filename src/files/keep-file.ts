import type { FileLimits, GivenFile } from '../conversation/channel.ts';
import type { Attachment } from '../conversation/message.ts';
import { mask } from '../privacy/sensitive.ts';
import type { Db } from '../store/connection.ts';
import { asAttachment } from './as-attachment.ts';
import { judge } from './judge.ts';
import { safeName } from './name.ts';
import type { Scanned } from './scan.ts';
import type { Opener } from './sealed.ts';
import { storeFile } from './store-file.ts';
import { takeBytes } from './take-bytes.ts';
import { createTurnstile } from './turnstile.ts';

/** Files being judged, scanned and sealed at once in this process: each may be as large as the limit, several times over in memory. */
const mostAtOnce = 4;

/** What desk.yaml says of files. */
export interface FileRules {
  accept: string[];
  maxMb: number;
  count: number;
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

interface Parts {
  db: Db;
  opener: Opener;
  rules(): FileRules;
  limits(): FileLimits;
  scan(bytes: Buffer): Promise<Scanned>;
}

/** The way of a file from a channel to its place: taken up to the limit, judged by its bytes, scanned, sealed; or refused, with a code that says why. */
export function createKeeper({ db, opener, rules, limits, scan }: Parts): (file: GivenFile, origin: FileOrigin) => Promise<Attachment> {
  const inTurn = createTurnstile(mostAtOnce);

  return async (file, origin) => {
    const bytes = await takeBytes(file, limits().maxBytes);
    return typeof bytes === 'string' ? refuse(file, bytes) : inTurn(() => keep(file, bytes, origin));
  };

  async function keep(file: GivenFile, bytes: Buffer, origin: FileOrigin): Promise<Attachment> {
    const verdict = await judge({ name: file.name, bytes }, rules().accept);
    if (verdict.refused !== undefined) return refuse({ ...file, size: bytes.length }, verdict.refused);
    const scanned = await scan(bytes);
    const threat = scanned.scan === 'infected' ? scanned.threat : undefined;
    const about = { ...origin, name: mask(verdict.name).text, type: verdict.type, scan: scanned.scan, threat };
    return asAttachment(await storeFile(db, opener, about, bytes));
  }
}

/** A file that is not kept, as messages name it. `refused`: why, a code. */
export function refuse({ name, type, size }: GivenFile, refused: string): Attachment {
  const claimed = type && /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(type) ? type : 'application/octet-stream';
  return { name: mask(safeName(name) || 'file').text, type: claimed, size: size ?? 0, refused };
}

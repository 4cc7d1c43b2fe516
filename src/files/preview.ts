import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import type { Log } from '../log.ts';
import { deriveKey, unwrap } from '../privacy/seal.ts';
import type { BytesPlace } from '../store/bytes.ts';
import type { Db } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import { fileKeys, openBytes, previewPart, sealBytes } from './sealed.ts';
import { createTurnstile } from './turnstile.ts';

/** Of one picture: milliseconds, and kilobytes of memory. Larger ones than these allow have no preview and are downloaded. */
const limits = { ms: 20_000, cpuSeconds: 15, dataKb: 1024 * 1024 };
/** Pictures being read at once in this process. */
const mostAtOnce = 2;

/** Kinds that have a preview. The reader of HEIC is not among what sharp brings. */
export const previewTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

type Row = typeof attachment.$inferSelect;

/** Makes and keeps previews: small WebP pictures without what the camera wrote. Made when somebody first looks. Undefined where there is none. */
export function createPreviews({ db, place, secret, log }: { db: Db; place: BytesPlace; secret: string; log: Log }) {
  const master = deriveKey(secret, fileKeys);
  const inTurn = createTurnstile(mostAtOnce);

  return async (row: Row): Promise<Buffer | undefined> => {
    if (row.state !== 'kept' || row.preview === 'failed' || !previewTypes.includes(row.type)) return undefined;
    if (row.preview === 'ready') return openBytes({ place, master }, row, previewPart);
    const bytes = await openBytes({ place, master }, row);
    if (!bytes) return undefined;
    const preview = await inTurn(() => shrink(bytes)).catch((error: Error) => {
      log.warn({ file: row.id, err: error.message }, 'no preview of a picture');
      return undefined;
    });
    if (preview) await place.write(row.id + previewPart, sealBytes(unwrap(master, row.key, row.id), row.id + previewPart, preview));
    await db
      .update(attachment)
      .set({ preview: preview ? 'ready' : 'failed' })
      .where(eq(attachment.id, row.id));
    return preview;
  };
}

/** A preview of a picture, made by a child that is killed where it takes too long, too much memory or too much work. Rejects where there is none. */
export async function shrink(picture: Buffer): Promise<Buffer> {
  const script = path.join(import.meta.dirname, 'preview-child.ts');
  const node = [process.execPath, '--max-old-space-size=96', '--disable-warning=ExperimentalWarning', script];
  // A shell sets limits that Node cannot: data memory and seconds of work.
  const [command, ...args] =
    process.platform === 'win32'
      ? node
      : ['/bin/sh', '-c', `ulimit -d ${limits.dataKb} 2>/dev/null; ulimit -t ${limits.cpuSeconds} 2>/dev/null; exec "$@"`, 'sh', ...node];
  // Nothing of our environment: there are secrets in it.
  const child = spawn(command as string, args, { stdio: ['pipe', 'pipe', 'ignore'], env: {}, timeout: limits.ms, killSignal: 'SIGKILL' });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => (code === 0 ? resolve() : reject(new Error(`the child ended with ${signal ?? code}`))));
  });
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(picture);
  const [preview] = await Promise.all([buffer(child.stdout), ended]);
  if (preview.length === 0) throw new Error('the child gave nothing');
  return preview;
}

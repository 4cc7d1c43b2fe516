import { and, eq, sql } from 'drizzle-orm';
import { recordEvent } from '../conversation/event.ts';
import type { Log } from '../log.ts';
import { deriveKey } from '../privacy/seal.ts';
import type { BytesPlace } from '../store/bytes.ts';
import type { Db } from '../store/connection.ts';
import { attachment } from '../store/schema.ts';
import { scanBytes } from './scan.ts';
import { fileKeys, openBytes } from './sealed.ts';

/** At most so many in one go. */
const most = 20;

/** Scans files that arrived while the scanner was away; what it finds something in goes into quarantine. Returns how many were scanned. */
export async function rescanFiles(parts: { db: Db; place: BytesPlace; secret: string; clamdUrl: string; log: Log }): Promise<number> {
  const { db, place, secret, clamdUrl, log } = parts;
  const master = deriveKey(secret, fileKeys);
  const rows = await db
    .select()
    .from(attachment)
    .where(and(eq(attachment.scan, 'not-scanned'), eq(attachment.state, 'kept')))
    // In no order: those that the scanner will never take (too large for it) must not stand before the others for ever.
    .orderBy(sql`random()`)
    .limit(most);
  let scanned = 0;
  for (const row of rows) {
    const bytes = await openBytes({ place, master }, row);
    if (!bytes) continue;
    const found = await scanBytes(clamdUrl, bytes);
    // Still away: the others would wait for nothing too. Where it answers but does not take this one, they are its next.
    if (found.scan === 'not-scanned' && found.away) break;
    if (found.scan === 'not-scanned') continue;
    scanned++;
    const infected = found.scan === 'infected';
    if (infected) log.warn({ file: row.id, threat: found.threat }, 'a kept file is infected and goes into quarantine');
    await db.transaction(async (tx) => {
      await tx
        .update(attachment)
        .set(infected ? { scan: 'infected', threat: found.threat, state: 'quarantined' } : { scan: 'clean' })
        .where(and(eq(attachment.id, row.id), eq(attachment.state, 'kept')));
      if (infected && row.conversationId) await recordEvent(tx, row.conversationId, { kind: 'file-quarantined', data: { fileId: row.id } });
    });
  }
  return scanned;
}

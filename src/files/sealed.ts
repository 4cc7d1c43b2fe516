import { open, seal, unwrap } from '../privacy/seal.ts';
import type { BytesPlace } from '../store/bytes.ts';
import type { attachment } from '../store/schema.ts';

type Row = Pick<typeof attachment.$inferSelect, 'id' | 'key'>;

/** What opens sealed files: their place, and the key (of SECRET_KEY) that wraps theirs. */
export interface Opener {
  place: BytesPlace;
  master: Buffer;
}

/** The use of SECRET_KEY that wraps the files' own keys. */
export const fileKeys = 'file-keys';

/** Sealed for one place: the same bytes under another id, or as a preview, do not open. */
export function sealBytes(key: Buffer, id: string, bytes: Buffer): Buffer {
  return seal(key, bytes, `file:${id}`);
}

/** A file's bytes; undefined where they are not there (any more). `part`: its preview instead. */
export async function openBytes({ place, master }: Opener, { id, key }: Row, part = ''): Promise<Buffer | undefined> {
  const sealed = await place.read(id + part);
  return sealed && open(unwrap(master, key, id), sealed, `file:${id}${part}`);
}

/** The ending of a preview's id in the place of bytes. */
export const previewPart = '.preview';

/** Removes a file's bytes and its preview's. */
export async function removeBytes(place: BytesPlace, id: string): Promise<void> {
  await place.remove(id);
  await place.remove(id + previewPart);
}

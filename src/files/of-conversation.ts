import type { attachment } from '../store/schema.ts';
import { previewTypes } from './preview.ts';

/** A kept file as it is now, for people: what a message says of it is what was known at receipt. */
export interface FileFacts {
  id: string;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  /** `quarantined` and `removed` files cannot be opened. */
  state: 'arriving' | 'kept' | 'quarantined' | 'removed';
  scan: 'clean' | 'infected' | 'not-scanned';
  /** What the scanner calls it. */
  threat?: string;
  /** Each view is recorded, and it goes after the desk's retention. */
  identity: boolean;
  /** It has a picture to look at (GET …/preview), or may have once somebody asks. */
  preview: boolean;
}

/** What people are told of a file. */
export function factsOf({ id, name, type, size, state, scan, threat, identity, preview }: typeof attachment.$inferSelect): FileFacts {
  const shows = state === 'kept' && previewTypes.includes(type) && preview !== 'failed';
  return { id, name, type, size, state, scan, threat: threat ?? undefined, identity, preview: shows };
}

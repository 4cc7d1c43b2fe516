import type { GivenFile } from '../conversation/channel.ts';

/** The bytes of a given file, never more than `most` of them in memory; a code where they are not to be had. Rejects with what fetching threw. */
export async function takeBytes({ bytes: given, size }: GivenFile, most: number): Promise<Buffer | 'too-large' | 'unavailable'> {
  if (size !== undefined && size > most) return 'too-large';
  const bytes = typeof given === 'function' ? await given() : given;
  if (bytes === undefined) return 'unavailable';
  if (bytes instanceof Uint8Array)
    return bytes.byteLength > most ? 'too-large' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    length += part.byteLength;
    // Leaving the loop ends the stream.
    if (length > most) return 'too-large';
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}

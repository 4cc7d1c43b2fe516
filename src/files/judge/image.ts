import { endsAsZip } from './magic.ts';

/** More than any camera makes (200 megapixels), and than the desk's computers should be asked to unfold. */
const mostPixels = 250_000_000;

/** Why a picture is refused: a code, or undefined. Only its headers are read; it is decoded nowhere but in the child that makes previews. */
export function faultOfImage(bytes: Buffer, type: string): 'bomb' | 'polyglot' | 'broken' | undefined {
  if (isSomethingElseToo(bytes)) return 'polyglot';
  const size = sizeOf(bytes, type);
  if (size === 'broken') return 'broken';
  if (size && (size.width === 0 || size.height === 0)) return 'broken';
  return size && size.width * size.height > mostPixels ? 'bomb' : undefined;
}

// Phones put films behind their photos, so that bytes behind the picture are ordinary. What starts or ends as another file is not.
function isSomethingElseToo(bytes: Buffer): boolean {
  if (endsAsZip(bytes)) return true;
  // Seven given letters in a row come about by chance once in many years of photos.
  const text = bytes.toString('latin1');
  return /<script|<\?php|<!doctype|<html[\s>]|Rar!\x1a\x07/i.test(text);
}

type Size = { width: number; height: number } | 'broken' | undefined;

function sizeOf(bytes: Buffer, type: string): Size {
  try {
    if (type === 'image/png') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    if (type === 'image/gif') return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
    if (type === 'image/jpeg') return sizeOfJpeg(bytes);
    if (type === 'image/webp') return sizeOfWebp(bytes);
    return undefined;
  } catch {
    return 'broken';
  }
}

// From marker to marker until the one that starts a frame.
function sizeOfJpeg(bytes: Buffer): Size {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return 'broken';
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++;
    } else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else {
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  }
  return 'broken';
}

function sizeOfWebp(bytes: Buffer): Size {
  const chunk = bytes.subarray(12, 16).toString('latin1');
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (chunk === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  return 'broken';
}

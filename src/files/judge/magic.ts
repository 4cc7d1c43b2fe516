/** What the first bytes of a file say where that alone is enough to refuse it: a code, or undefined. */
export function faultOfMagic(bytes: Buffer): 'executable' | 'tnef' | 'archive' | undefined {
  const head = bytes.subarray(0, 16).toString('hex');
  if (programs.some((magic) => head.startsWith(magic))) return 'executable';
  if (head.startsWith('789f3e22')) return 'tnef';
  if (archives.some((magic) => head.startsWith(magic))) return 'archive';
  // tar has its name in the middle; a disc's image further on still.
  if (bytes.subarray(257, 262).toString('latin1') === 'ustar') return 'archive';
  if (bytes.subarray(0x8001, 0x8006).toString('latin1') === 'CD001') return 'archive';
  return undefined;
}

/** A ZIP file, which office documents are too. */
export function isZip(bytes: Buffer): boolean {
  return (
    bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')) || bytes.subarray(0, 4).equals(Buffer.from('PK\x05\x06', 'latin1'))
  );
}

/** A compound file: old Office documents, and new ones under a password. */
export function isCompound(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1';
}

/** Whether it ends as a ZIP does, whatever it begins as: unpackers look from the end. */
export function endsAsZip(bytes: Buffer): boolean {
  const tail = bytes.subarray(Math.max(0, bytes.length - 66_000));
  const at = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (at < 0 || at + 22 > tail.length) return false;
  // Four bytes come about by chance; one disk, all entries on it, and a comment that fits do not.
  return (
    tail.readUInt32LE(at + 4) === 0 &&
    tail.readUInt16LE(at + 8) === tail.readUInt16LE(at + 10) &&
    at + 22 + tail.readUInt16LE(at + 20) <= tail.length
  );
}

// MZ, ELF, Mach-O (both orders, fat and Java), dex, #!, a link of Windows, MS cabinet help.
const programs = [
  '4d5a',
  '7f454c46',
  'feedface',
  'feedfacf',
  'cefaedfe',
  'cffaedfe',
  'cafebabe',
  '6465780a',
  '2321',
  '4c0000000114020000000000c0000000',
  '49545346',
];
// RAR, 7z, gzip, bzip2, xz, zstd, lzip, cabinet, ar (deb), lha.
const archives = [
  '526172211a07',
  '377abcaf271c',
  '1f8b',
  '425a68',
  'fd377a585a00',
  '28b52ffd',
  '4c5a4950',
  '4d534346',
  '213c617263683e',
  '2d6c68',
];

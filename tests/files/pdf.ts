import { deflateSync } from 'node:zlib';

/** A PDF of one page. `objects`: further objects, `catalog` and `trailer`: further entries there, `packed`: objects in a packed list. */
export function makePdf({
  objects = [] as string[],
  catalog = '',
  trailer = '',
  packed = undefined as string | undefined,
  head = '',
} = {}): Buffer {
  const all: (string | Buffer)[] = [
    `${head}%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${catalog} >>\nendobj\n`,
    '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n',
    ...objects.map((object, n) => `${n + 4} 0 obj\n${object}\nendobj\n`),
  ];
  if (packed !== undefined) {
    const bytes = deflateSync(Buffer.from(packed));
    all.push(
      `90 0 obj\n<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length ${bytes.length} >>\nstream\n`,
      bytes,
      '\nendstream\nendobj\n',
    );
  }
  all.push(`trailer\n<< /Root 1 0 R /Size 9 ${trailer} >>\nstartxref\n9\n%%EOF\n`);
  return Buffer.concat(all.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}

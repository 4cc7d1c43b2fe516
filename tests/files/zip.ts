import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a ZIP made by hand, honest unless told otherwise. */
export interface ZipEntry {
  name: string;
  bytes: Buffer | string;
  /** Sets the flag of a password. */
  encrypted?: boolean;
  /** What the headers claim as the unpacked size. */
  claims?: number;
  /** Data that is packed already, for what would be slow to pack. */
  packed?: { bytes: Buffer; size: number; crc: number };
}

/** A ZIP file. `overlap`: all entries share the bytes of the first. */
export function makeZip(entries: ZipEntry[], { overlap = false } = {}): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const [n, entry] of entries.entries()) {
    const content = Buffer.from(entry.bytes);
    const packed = entry.packed?.bytes ?? deflateRawSync(content);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(20, 6);
    head.writeUInt16LE((entry.encrypted ? 1 : 0) | 0x800, 8);
    head.writeUInt16LE(8, 10);
    head.writeUInt32LE(entry.packed?.crc ?? crc32(content), 16);
    head.writeUInt32LE(packed.length, 20);
    head.writeUInt32LE(entry.claims ?? entry.packed?.size ?? content.length, 24);
    const name = Buffer.from(entry.name);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(overlap ? 0 : offset, 42);
    list.push(head, name);
    if (overlap && n > 0) continue;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    head.copy(local, 4, 6, 30);
    local.writeUInt16LE(name.length, 26);
    parts.push(local, name, packed);
    offset += local.length + name.length + packed.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

const types = (main: string, more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/>${more}</Types>`;
const rels = (more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${more}</Relationships>`;
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The content type of a plain letter, and of one with macros. */
export const docxMain = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
export const docmMain = 'application/vnd.ms-word.document.macroEnabled.main+xml';

/** A letter as Word writes it; `more`: further parts, `links`: relationships of the document, `body`: its content. */
export function makeDocx({ main = docxMain, declared = '', body = '', links = '', more = [] as ZipEntry[] } = {}): ZipEntry[] {
  return [
    { name: '[Content_Types].xml', bytes: types(main, declared) },
    { name: '_rels/.rels', bytes: rels(`<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>`) },
    {
      name: 'word/document.xml',
      bytes: `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Salam</w:t></w:r></w:p>${body}</w:body></w:document>`,
    },
    {
      name: 'word/_rels/document.xml.rels',
      bytes: rels(
        `<Relationship Id="rId2" Type="${office}/hyperlink" Target="https://demobet.example" TargetMode="External"/>${links.replaceAll('{office}', office)}`,
      ),
    },
    ...more,
  ];
}

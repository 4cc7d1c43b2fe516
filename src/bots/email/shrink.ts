import type { MessageStructureObject } from 'imapflow';
import { fileSize, isText, type Plan } from './parts.ts';

/**
 * Puts a mail together from the parts of a plan, by their IMAP names in lower case. A file that was left out is there all the same, with its size in
 * place of its content (leftOutSize); `secret`: so that nobody can write such a thing.
 */
export function shrink({ root, leaves }: Plan, header: Buffer, bodies: Map<string, Buffer>, secret: string): Buffer {
  const takes = new Map(leaves.map(({ node, part, take }) => [node, { part, take }]));
  const lines: Buffer[] = [];
  const line = (text: string) => lines.push(Buffer.from(`${text}\r\n`, 'latin1'));
  lines.push(headOf(header));
  write(root);
  return Buffer.concat(lines);

  function write(node: MessageStructureObject): void {
    const leaf = takes.get(node);
    if (leaf) lines.push(bodyOf(node, leaf), Buffer.from('\r\n'));
    else {
      for (const child of node.childNodes ?? []) {
        line(`--${node.parameters?.['boundary']}`);
        lines.push(headOf(bodies.get(`${child.part}.mime`) ?? Buffer.alloc(0)));
        write(child);
      }
      line(`--${node.parameters?.['boundary']}--`);
    }
  }

  function bodyOf(node: MessageStructureObject, { part, take }: { part: string; take: number }): Buffer {
    const body = bodies.get(part) ?? Buffer.alloc(0);
    if (isText(node)) return take < (node.size ?? 0) ? cutText(node, body) : body;
    if (take === (node.size ?? 0)) return body;
    return inEncoding(node, Buffer.from(`${secret} ${fileSize(node)}`));
  }
}

/** The size of a file that was left out, by what stands in its place; undefined for every other. */
export function leftOutSize(bytes: Uint8Array, secret: string): number | undefined {
  if (bytes.byteLength > secret.length + 20) return undefined;
  const [, size] = Buffer.from(bytes).toString('latin1').split(`${secret} `);
  return size === undefined ? undefined : Number.parseInt(size, 10);
}

/** A header with exactly one empty line under it. */
function headOf(header: Buffer): Buffer {
  return Buffer.from(`${header.toString('latin1').replace(/[\r\n]+$/, '')}\r\n\r\n`, 'latin1');
}

/** Up to the end of a word: half a letter would make the whole text look as if its charset were wrong. */
function cutText(node: MessageStructureObject, body: Buffer): Buffer {
  const text = isBase64(node) ? Buffer.from(body.toString('latin1'), 'base64') : body;
  const end = Math.max(...['\n', ' ', '>'].map((each) => text.lastIndexOf(each)));
  return inEncoding(node, text.subarray(0, end + 1));
}

function inEncoding(node: MessageStructureObject, bytes: Buffer): Buffer {
  return isBase64(node) ? Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n')) : bytes;
}

function isBase64({ encoding }: MessageStructureObject): boolean {
  return encoding?.toLowerCase() === 'base64';
}

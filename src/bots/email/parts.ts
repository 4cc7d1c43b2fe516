import type { MessageStructureObject } from 'imapflow';

/** How much of a large mail is fetched. Bytes as they are sent, but `fileBytes`: of a file itself. */
export interface Most {
  /** All parts together. */
  mailBytes: number;
  /** A text; what is longer is cut. */
  textBytes: number;
  fileBytes: number;
  files: number;
}

/** Which parts of a mail are fetched. */
export interface Plan {
  root: MessageStructureObject;
  /** Every part that is not made of others, in order; `take`: bytes of it that are fetched, 0 where it is left out. */
  leaves: { part: string; node: MessageStructureObject; take: number }[];
}

/** More parts than any mail program makes; beyond them a server's answer would be as long as the mail. */
const mostParts = 200;

/** Plans what is fetched of a mail that is too large as a whole: its texts first, then files in their order as long as they fit. Undefined where its description cannot be used. */
export function planParts(root: MessageStructureObject, most: Most): Plan | undefined {
  const nodes = leavesOf(root);
  if (!nodes || nodes.length > mostParts) return undefined;
  let left = most.mailBytes;
  const take = new Map<MessageStructureObject, number>();
  for (const node of nodes.filter(isText)) {
    const bytes = Math.min(node.size ?? 0, most.textBytes, left);
    left -= bytes;
    take.set(node, bytes);
  }
  for (const [n, node] of nodes.filter((each) => !isText(each)).entries()) {
    const fits = n < most.files && fileSize(node) <= most.fileBytes && (node.size ?? 0) <= left;
    if (fits) left -= node.size ?? 0;
    take.set(node, fits ? (node.size ?? 0) : 0);
  }
  return { root, leaves: nodes.map((node) => ({ part: node.part ?? '1', node, take: take.get(node) ?? 0 })) };
}

/** What IMAP calls the parts that are fetched, and the headers of all. */
export function namesOf({ root, leaves }: Plan): (string | { key: string; maxLength: number })[] {
  const bodies = leaves.filter(({ take }) => take > 0).map(({ part, take }) => ({ key: part, maxLength: take }));
  const headers = (node: MessageStructureObject): string[] => [
    ...(node === root ? [] : [`${node.part}.mime`]),
    ...(/^multipart\//i.test(node.type) ? (node.childNodes ?? []).flatMap(headers) : []),
  ];
  return [...headers(root), ...bodies];
}

/** Whether a text is longer than what is fetched of it. */
export function isCut({ leaves }: Plan): boolean {
  return leaves.some(({ node, take }) => isText(node) && take < (node.size ?? 0));
}

/** Whether a part is what somebody wrote, not a file. */
export function isText({ type, disposition, parameters, dispositionParameters }: MessageStructureObject): boolean {
  return /^text\/(plain|html)$/i.test(type) && disposition !== 'attachment' && !parameters?.name && !dispositionParameters?.filename;
}

/** How large a file is, as near as its encoding tells. */
export function fileSize({ size = 0, encoding = '' }: MessageStructureObject): number {
  // Four letters for three bytes, and a line's end after 76 letters.
  return encoding.toLowerCase() === 'base64' ? Math.floor((size * 76 * 3) / (78 * 4)) : size;
}

/** Parts that are not made of others; undefined where one that is cannot be put together again. A mail within the mail is a file. */
function leavesOf(node: MessageStructureObject): MessageStructureObject[] | undefined {
  if (!/^multipart\//i.test(node.type)) return [node];
  if (!node.parameters?.boundary || !node.childNodes?.length) return undefined;
  const all = node.childNodes.map(leavesOf);
  return all.every((each) => each !== undefined) ? all.flat() : undefined;
}

import { closing, device, disclaimer, sentFrom } from './phrases.ts';

/** A text's lines without the signature under it; the lines as they are where nothing else would be left. */
export function withoutSignature(lines: string[]): string[] {
  const text = dropBlankEnd(lines);
  const cuts = [text.findIndex((line) => /^(--|—|––|__) ?$/.test(line)), text.findIndex((line) => disclaimer.test(line))];
  const cut = cuts.filter((at) => at > 0 && hasWords(text.slice(0, at))).sort((a, b) => a - b)[0];
  let rest = dropBlankEnd(cut === undefined ? text : text.slice(0, cut));
  rest = withoutSentFrom(rest);
  const close = closingAt(rest);
  return close === undefined ? rest : withoutSentFrom(dropBlankEnd(rest.slice(0, close)));
}

/** Signatures are short: a few lines, none of them long, none of them a sentence. */
const mostLines = 12;
const longestLine = 60;
const isOfSignature = (line: string) =>
  line.trim().length <= longestLine &&
  !/[?!…]\s*$/.test(line) &&
  !/[.]\s+\p{L}{2,} \p{L}/u.test(line) &&
  line.trim().split(/\s+/).length <= 8;

function closingAt(lines: string[]): number | undefined {
  const from = Math.max(0, lines.length - mostLines);
  for (let at = from; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    if (!closing.test(line) || line.length > 60) continue;
    const after = lines.slice(at + 1);
    if (after.every(isOfSignature) && hasWords(lines.slice(0, at))) return at;
  }
  return undefined;
}

function withoutSentFrom(lines: string[]): string[] {
  let rest = lines;
  for (;;) {
    const last = (rest.at(-1) ?? '').replace(/<https?:[^<>]*>/g, '').trim();
    if (!sentFrom.test(last) || !device.test(last) || last.length > 120 || !hasWords(rest.slice(0, -1))) return rest;
    rest = dropBlankEnd(rest.slice(0, -1));
  }
}

/** Without empty lines, and rules that stand above what was cut away, at the end. */
function dropBlankEnd(lines: string[]): string[] {
  let end = lines.length;
  while (end > 0 && /^\s*([-_=*]{5,}\s*)?$/.test(lines[end - 1] ?? '')) end--;
  return lines.slice(0, end);
}

const hasWords = (lines: string[]) => lines.some((line) => /[\p{L}\p{N}]/u.test(line));

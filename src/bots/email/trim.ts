import { forwardedMessage, headerFrom, headerOther, originalMessage, wrote } from './phrases.ts';
import { withoutSignature } from './signature.ts';

/**
 * What the sender wrote themselves: without the mails that theirs answers, signatures and what programs add; empty where that is all.
 * `forwards`: the mail below is what they want to show, and stays. `answers`: it is a reply, so that history is to be expected.
 */
export function trim(text: string, { forwards, answers }: { forwards: boolean; answers: boolean }): string {
  const lines = text.split('\n').slice(0, mostLines);
  const marker = lines.findIndex((_, at) => forwardedMessage.test(lines[at] ?? ''));
  if (forwards || marker >= 0) return withForwarded(lines, marker);
  return ownWords(lines, answers);
}

/** Longer mails are no messages of people; what follows stays in the whole text. */
const mostLines = 2_000;

function ownWords(lines: string[], answers: boolean): string {
  const kept: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const quote = quoteAt(lines, at, answers);
    if (quote === 'to-the-end') break;
    if (quote === undefined) kept.push(lines[at++] ?? '');
    else at = quote;
  }
  return paragraphs(withoutSignature(kept));
}

const paragraphs = (lines: string[]) =>
  lines
    .join('\n')
    .replace(/\n(\s*\n){2,}/g, '\n\n')
    .trim();

/**
 * Whether a quoted mail begins at a line: where it ends (its lines are marked with `>`, and an answer may follow below),
 * or that it goes on to the end.
 */
function quoteAt(lines: string[], at: number, answers: boolean): number | 'to-the-end' | undefined {
  const line = lines[at] ?? '';
  if (isQuoted(line)) return endOfQuoted(lines, at);
  const after = endOfAttribution(lines, at);
  if (after !== undefined) {
    const next = skipBlank(lines, after);
    if (isQuoted(lines[next] ?? '')) return endOfQuoted(lines, next);
    // "Yesterday at 10:15 your colleague wrote:" is also what people write who tell a story.
    return answers || hasAddress(lines.slice(at, after).join(' ')) ? 'to-the-end' : undefined;
  }
  return originalMessage.test(line) || isHeaderBlock(lines, at) ? 'to-the-end' : undefined;
}

const isQuoted = (line: string) => /^\s{0,3}>/.test(line);

function skipBlank(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && !(lines[at] ?? '').trim()) at++;
  return at;
}

function endOfQuoted(lines: string[], from: number): number {
  let at = from;
  for (;;) {
    while (at < lines.length && isQuoted(lines[at] ?? '')) at++;
    const next = skipBlank(lines, at);
    if (next >= lines.length || !isQuoted(lines[next] ?? '')) return at;
    at = next;
  }
}

/** The line after "… wrote:", which programs break into up to four lines; undefined where there is none. */
function endOfAttribution(lines: string[], at: number): number | undefined {
  if (!(lines[at] ?? '').trim()) return undefined;
  let joined = '';
  for (let n = 0; n < 4 && at + n < lines.length; n++) {
    const line = (lines[at + n] ?? '').trim();
    if (!line) return undefined;
    joined = `${joined} ${line}`.trim();
    if (joined.length > 400) return undefined;
    if (isAttribution(joined)) return at + n + 1;
  }
  return undefined;
}

const hasAddress = (text: string) => /[^\s<>"]+@[^\s<>"]+\.[^\s<>"]+/.test(text);

function isAttribution(text: string): boolean {
  const dated = /\b(19|20)\d\d\b|\b\d{1,2}[:.]\d{2}\b/.test(text);
  const address = hasAddress(text);
  if (wrote.test(text)) return dated || (address && text.endsWith(':'));
  // Gmail and Yandex in Russian, and Yandex everywhere, say no verb: a date, a name, an address.
  return dated && address && /:\s*$/.test(text) && /^[\p{L}\d*]/u.test(text);
}

/** From, Sent, To, Subject as Outlook writes them above a quoted mail, in any order. */
function isHeaderBlock(lines: string[], at: number): boolean {
  const isHeader = (line: string) => headerFrom.test(line) || headerOther.test(line);
  if (!isHeader(lines[at] ?? '')) return false;
  const near = lines.slice(at, at + 9).filter(isHeader);
  return near.length >= 3 && near.some((line) => headerFrom.test(line));
}

/** The sender's comment and the mail that they passed on, without its header. */
function withForwarded(lines: string[], marker: number): string {
  let start = marker >= 0 ? marker : lines.findIndex((line, at) => originalMessage.test(line) || isHeaderBlock(lines, at));
  if (start < 0) return ownWords(lines, true);
  const comment = paragraphs(withoutSignature(lines.slice(0, start)));
  if (!isHeaderBlock(lines, start)) start++;
  const passed = lines.slice(skipBlank(lines, start)).map((line) => line.replace(/^\s{0,3}>\s?/, ''));
  let body = 0;
  while (
    body < passed.length &&
    (headerFrom.test(passed[body] ?? '') || headerOther.test(passed[body] ?? '') || (body > 0 && isFolded(passed, body)))
  )
    body++;
  return [comment, ownWords(passed.slice(body), true)].filter(Boolean).join('\n\n');
}

// A long list of receivers goes on in the next line; after an empty line the mail itself begins.
const isFolded = (lines: string[], at: number) => /^\s+\S/.test(lines[at] ?? '');

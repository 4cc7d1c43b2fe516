import type { Capabilities } from '../conversation/channel.ts';
import { parseMarkup } from '../conversation/markup.ts';
import type { Attachment, Choice, Reply } from '../conversation/message.ts';
import { plainText } from '../conversation/plain-text.ts';
import { cutInto, cutText } from '../cut-text.ts';

/** The parts that a channel can take, in order. The whole fallback of all channels stands here, once. */
export function fit(reply: Reply, can: Capabilities): Reply[] {
  const written = can.markup ? reply.text : plainText(parseMarkup(reply.text));
  if (reply.type === 'attachment') return withFiles(reply.attachments, written, can);
  if (reply.type === 'text') return split(written, can.maxLength).map((text) => ({ type: 'text', text }));
  if (reply.choices.length > can.choices)
    return split(`${written}\n\n${numbered(reply.choices, can.markup)}`, can.maxLength).map((text) => ({ type: 'text', text }));
  const parts = split(written, can.maxLength);
  return parts.map((text, n) => (n === parts.length - 1 ? { type: 'choices', text, choices: reply.choices } : { type: 'text', text }));
}

/** Files as many at once as go, the text beside the first; one that is too long for that goes before them. */
function withFiles(attachments: Attachment[], text: string, can: Capabilities): Reply[] {
  const { count, caption = can.maxLength } = can.attachments;
  const beside = text.length <= caption;
  const before: Reply[] = beside ? [] : split(text, can.maxLength).map((each) => ({ type: 'text', text: each }));
  const files: Reply[] = [];
  for (let n = 0; n < attachments.length; n += Math.max(1, count))
    files.push({ type: 'attachment', text: beside && n === 0 ? text : '', attachments: attachments.slice(n, n + Math.max(1, count)) });
  return [...before, ...files];
}

/** Choices as people answer them where there are no buttons: by number, or where `links` are shown on the choice's page. */
export function numbered(choices: Choice[], links = false): string {
  return choices.map(({ label, url }, n) => `${n + 1}. ${links && url ? `[${label}](${url})` : label}`).join('\n');
}

// Made once: comparing with options makes one each time.
const sameLetters = new Intl.Collator(undefined, { sensitivity: 'base' });

/** The choice that an answer such as "2", "2." or the label itself names. */
export function chosen(answer: string, choices: Choice[]): Choice | undefined {
  const said = answer.trim();
  const number = /^[#(]?(\d{1,2})[.)]?$/.exec(said)?.[1];
  if (number) return choices[Number(number) - 1];
  return choices.find((choice) => sameLetters.compare(choice.label, said) === 0);
}

/** Cuts a text into parts of at most `max` UTF-16 units: at a paragraph, else a line, a sentence, a word, and never inside a surrogate pair. Joined by white space they are the text. */
export function split(text: string, max: number): string[] {
  return cutInto(text.trim(), max, cutAt);
}

function cutAt(text: string, max: number): number {
  const head = text.slice(0, max + 1);
  // A cut before the middle would make many small parts.
  const least = max / 2;
  for (const pattern of [/\n{2,}/g, /\n/g, /[.!?…]["')\]]?\s/g, /\s/g]) {
    let at = -1;
    for (const found of head.matchAll(pattern)) {
      const end = found.index + (pattern.source.startsWith('[.') ? found[0].length - 1 : 0);
      if (end <= max && end > 0) at = end;
    }
    if (at >= least) return at;
  }
  const space = head.lastIndexOf(' ');
  if (space > 0) return space;
  return cutText(text, max).length;
}

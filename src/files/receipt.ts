import type { Attachment } from '../conversation/message.ts';
import type { Words } from '../words.ts';
import type { Files } from './files.ts';

/** What a contact is told of the files of one message: which ones are here, and which are not and why; empty where there are none. */
export function receiptOf(
  attachments: Attachment[],
  language: string,
  { words, files }: { words: Words; files: Pick<Files, 'why'> },
): string {
  // A sticker in a chat is no document: whoever sends one waits for no receipt.
  const sent = attachments.filter(({ inline, refused }) => !inline && refused !== 'unsupported');
  const kept = sent.filter(({ refused }) => refused === undefined);
  const refused = sent.filter((each) => each.refused !== undefined);
  const names = kept.map(({ name }) => plain(name)).join(', ');
  const lines = refused.map(({ name, refused: code }) =>
    words(language, 'files:receipt.refused', { name: plain(name), reason: files.why(language, code as string) }),
  );
  return [kept.length > 0 ? words(language, 'files:receipt.kept', { count: kept.length, names }) : '', ...lines].filter(Boolean).join('\n');
}

/** Whether a file did not come through its channel that would come by a page of ours. */
export function needsWayOut(attachments: Attachment[]): boolean {
  return attachments.some(({ refused }) => refused === 'too-large-here' || refused === 'tnef');
}

// A name from outside is no markup of ours.
function plain(name: string): string {
  return name.replace(/[\\`*_[\]()<>#]/g, '\\$&');
}

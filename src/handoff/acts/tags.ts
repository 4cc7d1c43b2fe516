import { cutText } from '../../cut-text.ts';
import { mask } from '../../privacy/sensitive.ts';
import { usedTags } from '../lists/tags.ts';
import { changeTicket, type Ticket } from '../ticket.ts';
import { lockToRead, type OnTicket, recordAct } from './act.ts';

/** Longest tag, UTF-16 units. */
export const longestTag = 40;
const mostTags = 12;

/** Sets a ticket's tags: free words, masked, each once however it is written; a word that others use already keeps their spelling. */
export function setTags({ tags: wish, ...on }: OnTicket & { tags: string[] }): Promise<Ticket> {
  return on.db.transaction(async (tx) => {
    const before = await lockToRead(tx, on);
    const known = new Map((await usedTags(tx)).map((tag) => [keyOf(tag), tag]));
    const tags = new Map<string, string>();
    for (const each of wish) {
      const tag = cutText(mask(each).text.replace(/\s+/g, ' ').trim(), longestTag).trim();
      if (tag && tags.size < mostTags && !tags.has(keyOf(tag))) tags.set(keyOf(tag), known.get(keyOf(tag)) ?? tag);
    }
    const sorted = [...tags.values()].sort();
    if (sorted.join('\n') === before.tags.join('\n')) return before;
    const after = await changeTicket(tx, before.id, { tags: sorted });
    await recordAct(tx, after, 'tags', { count: sorted.length }, on.who.id);
    return after;
  });
}

// İ and I, ı and i are one here: tags differ by more than a dot.
function keyOf(tag: string): string {
  return tag.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').toLowerCase();
}

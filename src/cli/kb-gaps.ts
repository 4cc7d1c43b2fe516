import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Fault } from '../errors.ts';
import { readMissed } from '../handoff/missed.ts';
import { findGaps, type Missed } from '../kb/gaps.ts';
import { knowledgeDir, loadKnown } from './knowledge.ts';
import { withRecord } from './record.ts';

/**
 * `destek kb gaps [--knowledge DIR] [--days N] [FILE…]`: groups messages that were not answered well and proposes for each group the topic that
 * may take it, or a new one, and shows what agents answered where they solved it. They come from the record (the last 90 days), or from files (JSON lines with text, and lang where known).
 */
export async function kbGaps(argv: string[], print: (line: string) => void = console.log): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { knowledge: { type: 'string' }, days: { type: 'string', default: '90' } },
  });
  const days = Number(values.days);
  if (!(days > 0)) throw new Fault('input.invalid', `--days ${values.days} is no number of days.`, 'For instance: --days 30');
  const { search, knowledge } = await loadKnown(knowledgeDir(values.knowledge));
  const read =
    positionals.length > 0 ? (await Promise.all(positionals.map(readLines))).flat() : await withRecord(({ db }) => readMissed(db, days));
  const gaps = findGaps(
    read.map((missed) => ({ ...missed, language: missed.language || search.match(missed.text).language })),
    search,
  );
  for (const { language, messages, replies, nearest, score, words } of gaps) {
    const title = nearest && knowledge.topics.get(nearest)?.texts[language]?.title;
    const advice = nearest
      ? `nearest ${nearest}${title ? ` “${title}”` : ''} (${Math.round(100 * score)} %): add as questions`
      : `no topic is near${messages.length > 1 && words.length ? ` (${words.join(', ')} …)` : ''}: a new one?`;
    print(`${language}  ${messages.length} ${messages.length === 1 ? 'message' : 'messages'}, ${advice}`);
    for (const text of messages.slice(0, SHOWN)) print(`      ${text.replace(/\s+/g, ' ').slice(0, 160)}`);
    if (messages.length > SHOWN) print(`      … ${messages.length - SHOWN} more`);
    for (const text of replies.slice(0, REPLIES)) print(`    > ${text.replace(/\s+/g, ' ').slice(0, 160)}`);
  }
  print(`${read.length} messages in ${gaps.length} groups.`);
  return 0;
}

const SHOWN = 5;
const REPLIES = 2;

async function readLines(file: string): Promise<Missed[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Fault('input.invalid', `${file} cannot be read.`, 'Name files with one message a line: {"text": "…", "lang": "tr"}.');
  });
  return text.split('\n').flatMap((line, at) => {
    if (!line.trim()) return [];
    try {
      const given = JSON.parse(line) as { text?: unknown; lang?: unknown };
      if (typeof given.text === 'string') return [{ text: given.text, language: typeof given.lang === 'string' ? given.lang : '' }];
    } catch {}
    throw new Fault('input.invalid', `${file}:${at + 1} has no text.`, 'Write {"text": "…", "lang": "tr"}.');
  });
}

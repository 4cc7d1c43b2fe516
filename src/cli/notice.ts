import { parseArgs } from 'node:util';
import { Fault } from '../errors.ts';
import { createNotice, endNotice, listNotices } from '../handoff/notice.ts';
import { loadKnowledge } from '../kb/load.ts';
import { withRecord } from './record.ts';
import { readDay, readTexts, textOptions } from './texts.ts';

const usage = `Usage:
  destek notice --en TEXT [--tr TEXT] [--az TEXT] --topic ID… [--until TIME]
  destek notice list
  destek notice end ID
TIME as 2026-12-01T20:00.`;

/** `destek notice`: what the bot says before its answers on some topics; lists, ends. A running Destek says it within a second. */
export async function notice(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { ...textOptions, topic: { type: 'string', multiple: true }, until: { type: 'string' } },
  });
  const [act = '', id = ''] = positionals;
  return withRecord(async ({ db }, config) => {
    if (act === 'list') {
      for (const { id: number, texts, topics, endsAt } of await listNotices(db))
        console.log(
          `${number}  ${endsAt ? `until ${endsAt.toISOString()}` : 'holds'}  ${topics.join(', ')}  ${Object.values(texts)[0] ?? ''}`,
        );
      return 0;
    }
    if (act === 'end') {
      await endNotice(db, Number(id) || 0);
      console.log(`Notice ${id} has ended.`);
      return 0;
    }
    const texts = readTexts(values);
    const topics = values.topic ?? [];
    if (act || Object.keys(texts).length === 0 || topics.length === 0) {
      console.error(usage);
      return 2;
    }
    const { knowledge } = await loadKnowledge(config.KNOWLEDGE_DIR);
    const unknown = topics.filter((topic) => !knowledge.topics.has(topic));
    if (unknown.length > 0)
      throw new Fault('input.invalid', `There is no topic ${unknown.join(', ')}.`, 'See them in the knowledge folder.');
    const made = await createNotice(db, { texts, topics, endsAt: readDay(values.until) });
    console.log(`Notice ${made.id} holds. End it with: destek notice end ${made.id}`);
    return 0;
  });
}

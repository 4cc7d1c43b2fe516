import { parseArgs } from 'node:util';
import { Fault } from '../errors.ts';
import { createNotice, endNotice, listNotices } from '../handoff/notice.ts';
import { loadKnowledge } from '../kb/load.ts';
import { withRecord } from './record.ts';
import { readAct, readDay, readTexts, textOptions } from './texts.ts';

/** `destek notice`: what the bot says before its answers on some topics; lists, ends. A running Destek says it within a second. */
export async function notice(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { ...textOptions, topic: { type: 'string', multiple: true }, until: { type: 'string' } },
  });
  const [act = '', id = '', ...more] = positionals;
  const texts = readTexts(values);
  const topics = values.topic ?? [];
  if (act) readAct(act, id, more, ['end']);
  else if (Object.keys(texts).length === 0) throw new Fault('call.wrong', 'Give the text in at least one language.');
  else if (topics.length === 0) throw new Fault('call.wrong', 'Give at least one topic, for instance --topic payments/fees.');
  return withRecord(async ({ db }, config) => {
    if (act === 'list') {
      for (const { id: number, texts, topics, endsAt } of await listNotices(db))
        console.log(
          `${number}  ${endsAt ? `until ${endsAt.toISOString()}` : 'holds'}  ${topics.join(', ')}  ${Object.values(texts)[0] ?? ''}`,
        );
      return 0;
    }
    if (act === 'end') {
      await endNotice(db, Number(id));
      console.log(`Notice ${id} has ended.`);
      return 0;
    }
    const { knowledge } = await loadKnowledge(config.KNOWLEDGE_DIR);
    const unknown = topics.filter((topic) => !knowledge.topics.has(topic));
    if (unknown.length > 0)
      throw new Fault(
        'input.invalid',
        `There is no topic ${unknown.join(', ')}.`,
        'A topic’s id is its file’s path in the knowledge folder, for instance payments/fees.',
      );
    const made = await createNotice(db, { texts, topics, endsAt: readDay(values.until) });
    console.log(`Notice ${made.id} holds. End it with: destek notice end ${made.id}`);
    return 0;
  });
}

import { parseArgs } from 'node:util';
import { answerFirst } from '../dialogue/first-answer.ts';
import { decideFirst } from '../dialogue/first-turn.ts';
import { matchText } from '../dialogue/match-line.ts';
import { titleOf } from '../dialogue/say.ts';
import type { Known } from '../dialogue/understand.ts';
import { Fault } from '../errors.ts';
import { loadWords } from '../words.ts';
import { knowledgeDir, loadKnown } from './knowledge.ts';

/** What the bot would answer to one text, for people; `--why` adds how it came to that. */
export async function ask(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { why: { type: 'boolean' }, knowledge: { type: 'string' } },
  });
  const text = positionals.join(' ');
  if (!text.trim()) throw new Fault('call.wrong', 'What should be asked?');
  const known = await loadKnown(knowledgeDir(values.knowledge));
  console.log(values.why ? `${answer(known, text)}\n\n${why(known, text)}` : answer(known, text));
  return 0;
}

function answer(known: Known, given: string): string {
  const { decision, text, choices } = answerFirst(known, loadWords(), given, new Date());
  if (decision.act === 'handoff')
    return `→ a person of ${decision.department} (${decision.reason}, urgency ${decision.urgency})${text ? `\n\n${text}` : ''}`;
  if (decision.act === 'status') return '→ looks the ticket up';
  return `${text}${choices.length > 0 ? `\n${choices.map((label) => `  [${label}]`).join('\n')}` : ''}`;
}

function why(known: Known, given: string): string {
  const { text, understood } = decideFirst(known, given, new Date());
  const line = matchText(known, given);
  const { match } = understood;
  const title = (id: string) => titleOf(id, { knowledge: known.knowledge, language: line.language });
  return [
    `read as        ${text}`,
    `decision       ${line.outcome}${line.topic ? ` ${line.topic}` : ''}${line.signal ? ` ${line.signal}` : ''}${line.department ? ` → ${line.department}` : ''}`,
    `language       ${line.language}${match.languageSure ? '' : ' (a guess)'}${match.foreign ? ' (a language that we do not speak)' : ''}`,
    `confidence     ${line.confidence}; no topic at all ${match.none.toFixed(3)}`,
    ...match.topics.map(({ id, score }, n) => `${n === 0 ? 'topics         ' : '               '}${score.toFixed(3)}  ${id}  ${title(id)}`),
    `words known    ${Math.round(match.why.coverage * 100)} % of their weight`,
    ...match.why.repaired.map(({ typed, read }) => `repaired       ${typed} → ${read}`),
  ].join('\n');
}

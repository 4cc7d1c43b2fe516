import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { matchText } from '../dialogue/match-line.ts';
import { Fault } from '../errors.ts';
import { calibrationError, type Judged, judge, type Labelled, share } from '../kb/evaluate.ts';
import { knowledgeDir, loadKnown } from './knowledge.ts';

/**
 * `destek kb test [--knowledge DIR] [--errors] FILE…`: how well labelled messages (JSON lines with text, topic, lang, style) are understood,
 * by language, style and over all; with --errors also each message that went wrong. Resolves to the exit code.
 */
export async function kbTest(argv: string[], print: (line: string) => void = console.log): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { knowledge: { type: 'string' }, errors: { type: 'boolean' } },
  });
  if (positionals.length === 0) throw new Fault('call.wrong', 'Name at least one file of labelled messages.');
  const labels = (await Promise.all(positionals.map(readLabels))).flat();
  const known = await loadKnown(knowledgeDir(values.knowledge));
  const rows = labels.map((label) => {
    const decided = matchText(known, label.text);
    return { label, decided, judged: judge(label, decided, known.knowledge) };
  });

  print(['group'.padEnd(14), '    n', ...FIGURES.map(([, title]) => title.padStart(8))].join(' '));
  for (const by of ['lang', 'style'] as const) {
    const groups = new Map<string, Judged[]>();
    for (const { label, judged } of rows) groups.set(label[by] ?? '?', [...(groups.get(label[by] ?? '?') ?? []), judged]);
    for (const [name, group] of [...groups].sort()) print(line(name, group));
  }
  print(
    line(
      'all',
      rows.map(({ judged }) => judged),
    ),
  );
  const topics = rows.flatMap(({ decided, judged: { top1 } }) =>
    top1 === undefined ? [] : [{ confidence: decided.confidence, right: top1 }],
  );
  print(`Expected calibration error of the first topic: ${(100 * calibrationError(topics)).toFixed(1)} % over ${topics.length} messages.`);
  if (values.errors)
    for (const { label, decided, judged } of rows)
      if (faulty(judged))
        print(
          `${label.topic} ← ${decided.outcome} ${decided.topic ?? decided.candidates[0]?.topic ?? ''} (${decided.confidence}): ${label.text}`,
        );
  return 0;
}

const FIGURES: [keyof Judged, string][] = [
  ['top1', 'first'],
  ['answered', 'answered'],
  ['direct', 'direct'],
  ['needless', 'needless'],
  ['handoff', 'handoff'],
  ['department', 'departm.'],
  ['wrong', 'wrong'],
  ['outOfScopeAnswered', 'oos answ'],
  ['outOfScopeSuggested', 'oos sugg'],
  ['human', 'human'],
  ['distress', 'distress'],
  ['sensitive', 'sensit.'],
  ['smalltalk', 'smallt.'],
  ['falseAlarm', 'alarm'],
  ['language', 'language'],
];

function line(name: string, rows: Judged[]): string {
  const cells = FIGURES.map(([figure]) => {
    const value = share(rows, figure);
    return (value === undefined ? '–' : `${(100 * value).toFixed(1)}%`).padStart(8);
  });
  return [name.padEnd(14), String(rows.length).padStart(5), ...cells].join(' ');
}

function faulty({ wrong, answered, needless, handoff, human, distress, sensitive, smalltalk, language, falseAlarm }: Judged): boolean {
  return wrong || falseAlarm || needless === true || [answered, handoff, human, distress, sensitive, smalltalk, language].includes(false);
}

async function readLabels(file: string): Promise<Labelled[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new Fault('input.invalid', `${file} cannot be read.`, 'Name files with one labelled message a line.');
  }
  return text.split('\n').flatMap((each, at) => {
    if (!each.trim()) return [];
    try {
      const label = JSON.parse(each) as Labelled;
      if (typeof label.text === 'string' && typeof label.topic === 'string') return [label];
    } catch {}
    throw new Fault(
      'input.invalid',
      `${file}:${at + 1} is no labelled message.`,
      'Write {"text": "…", "topic": "…", "lang": "tr", "style": "plain"}.',
    );
  });
}

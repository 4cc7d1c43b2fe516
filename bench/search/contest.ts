import { type Answer, contenders } from './contender.ts';
import { type Dataset, mistype, seeded } from './dataset.ts';

/** Prints each contender's accuracy, its accuracy under typing errors, its recall of what is outside, and its speed, in one run. */
export async function contest(dataset: Dataset, print: (line: string) => void): Promise<void> {
  const labels = new Set(dataset.train.map(({ label }) => label)).size;
  print(
    `\n${dataset.name}: ${labels} labels, ${dataset.train.length} to learn from, ${dataset.test.length} to ask${dataset.outside.test.length ? `, ${dataset.outside.test.length} outside` : ''}`,
  );
  print(['contender'.padEnd(20), 'accuracy', '   typos', ' outside', ' train ms', 'ms/query'].join(' '));
  for (const { name, slow, learn } of contenders) {
    const start = performance.now();
    const ask = await learn(dataset);
    const trained = performance.now() - start;
    const asked = sample(dataset.test, slow ? 40 : 2000);
    const random = seeded(5);
    const typed = asked.map((one) => ({ ...one, text: mistype(one.text, random) }));
    const began = performance.now();
    const plain = await all(
      asked.map(({ text }) => text),
      ask,
    );
    const each = (performance.now() - began) / asked.length;
    const typos = await all(
      typed.map(({ text }) => text),
      ask,
    );
    const outside = await all(sample(dataset.outside.test, slow ? 40 : 2000), ask);
    const right = plain.map(({ label }, at) => label === asked[at]?.label);
    const cells = [
      percent(right),
      percent(typos.map(({ label }, at) => label === asked[at]?.label)),
      outsideRecall(plain, right, outside),
      trained.toFixed(0),
      each.toFixed(2),
    ];
    print([name.padEnd(20), ...cells.map((cell, at) => cell.padStart(at === 3 ? 9 : 8))].join(' '));
  }
}

async function all(texts: string[], ask: (text: string) => Answer | Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const text of texts) answers.push(await ask(text));
  return answers;
}

// The share of outside messages that are refused at the threshold that costs at most two points of accuracy inside.
function outsideRecall(inside: Answer[], right: boolean[], outside: Answer[]): string {
  if (outside.length === 0) return '–';
  const accurate = right.filter(Boolean).length;
  const levels = [...new Set(outside.map((answer) => answer.inside))].sort((a, b) => b - a);
  for (const level of levels) {
    const kept = right.filter((good, at) => good && (inside[at]?.inside ?? 0) > level).length;
    if (accurate - kept <= 0.02 * inside.length) return percent(outside.map((answer) => answer.inside <= level));
  }
  return percent(outside.map(() => false));
}

function percent(hits: boolean[]): string {
  return `${((100 * hits.filter(Boolean).length) / Math.max(1, hits.length)).toFixed(1)}%`;
}

function sample<T>(all: T[], most: number): T[] {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(all.length, most) }, (_, at) => all[Math.floor(at * step)] as T);
}

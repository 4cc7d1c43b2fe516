import { variablesIn } from '../variables.ts';
import { finding, type Subject } from './rule.ts';

/**
 * Answers that tell one language less or other than the next: a variable, a linked page, a number. Contacts of all languages are owed the same facts.
 * A number counts where two languages write some: "15 minutes" in one and "10" in the other is a fault, one written out in words is not seen.
 */
export function* facts({ knowledge, sourceOf }: Subject) {
  for (const { id, texts } of knowledge.topics.values()) {
    const source = sourceOf(id);
    const answers = Object.entries(texts).map(([language, { answer }]) => ({ language, ...factsOf(answer) }));
    if (!source || answers.length < 2) continue;
    for (const kind of ['variables', 'links', 'numbers'] as const) {
      const telling = kind === 'numbers' ? answers.filter((answer) => answer.numbers.size > 0) : answers;
      const all = new Set(telling.flatMap((answer) => [...answer[kind]]));
      for (const { language, [kind]: own } of telling) {
        const missing = [...all].filter((fact) => !own.has(fact));
        if (missing.length === 0) continue;
        const others = telling.filter((other) => missing.some((fact) => other[kind].has(fact))).map((other) => other.language);
        const fault = `The answer lacks ${missing.join(', ')}, which ${others.join(' and ')} ${others.length > 1 ? 'have' : 'has'}.`;
        const remedy = kind === 'numbers' ? 'Write the same numbers in all languages.' : 'Add it, or take it out of the others.';
        yield finding(source, [language, 'answer'], { rule: 'facts', severity: 'warning', fault, remedy });
      }
    }
  }
}

interface Facts {
  variables: Set<string>;
  links: Set<string>;
  numbers: Set<string>;
}

function factsOf(answer: string): Facts {
  const names = variablesIn(answer).filter((name) => name !== 'brand');
  // A page has an address of its own in each language: /en/help is /tr/help.
  const links = (answer.match(/https?:\/\/[^\s)]*[^\s).,;:!?]/g) ?? []).map((link) => link.replace(/\/[a-z]{2}(?=\/|$)/, ''));
  // Numbers of list items, of names (3D) and of keys (F5) are none; 1,00 and 1.00 and 1 are one, and so are 1.000 and 1 000.
  const plain = answer.replace(/\{\{\s*\w+\s*\}\}|https?:\/\/\S+/g, ' ').replace(/^\s*\d+\.\s/gm, ' ');
  const numbers = [...plain.matchAll(/(?<![\p{L}\d])\d+(?:[ .,]\d{3})*(?:[.,]\d{1,2})?(?![\p{L}\d])/gu)].map(([number]) => amount(number));
  return { variables: new Set(names.map((name) => `{{${name}}}`)), links: new Set(links), numbers: new Set(numbers) };
}

function amount(number: string): string {
  const whole = number.replace(/[ .,](?=\d{3}(?!\d))/g, '');
  return String(Number(whole.replace(',', '.')));
}

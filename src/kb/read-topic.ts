import { explain } from './explain.ts';
import type { KnowledgeFault } from './fault.ts';
import { languageCode, topicFields, topicTexts } from './schema.ts';
import type { Source } from './source.ts';
import type { Topic } from './topic.ts';

/** The topic that a file holds, or its faults. `products`: those of desk.yaml. */
export function readTopic(source: Source, products: Record<string, boolean>): { topic?: Topic; faults: KnowledgeFault[] } {
  const { file, value } = source;
  const wrong = (rule: string, fault: string, remedy: string) => ({
    faults: [{ file, line: 1, column: 1, rule, fault, remedy, severity: 'error' as const }],
  });
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return wrong('invalid', 'The file is no topic.', 'Begin with keys such as department:, policy: and a language.');
  }
  const all = Object.entries(value);
  const written = Object.fromEntries(all.filter(([key]) => languageCode.test(key)));
  const others = Object.fromEntries(all.filter(([key]) => !languageCode.test(key)));
  const texts = topicTexts.safeParse(written);
  const fields = topicFields.safeParse(others);
  if (!texts.success || !fields.success) {
    return {
      faults: [
        ...explain(source, topicFields, others, fields.error?.issues ?? []),
        ...explain(source, topicTexts, written, texts.error?.issues ?? []),
      ],
    };
  }
  if (!Object.keys(texts.data).length) {
    return wrong('missing', 'The topic has no language.', 'Add "en:" (or another) with title, questions and answer.');
  }
  const { product, enabled } = fields.data;
  return {
    topic: {
      ...fields.data,
      id: file.replace(/\.yaml$/, ''),
      texts: texts.data,
      enabled: enabled && (product === undefined || products[product] !== false),
    },
    faults: [],
  };
}

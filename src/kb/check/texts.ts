import type { Source } from '../source.ts';
import type { Topic } from '../topic.ts';
import type { Subject } from './rule.ts';

/** A text that contacts read, with the way back to its place. */
export interface ShownText {
  topic: Topic;
  source: Source;
  language: string;
  kind: 'title' | 'answer';
  path: PropertyKey[];
  text: string;
}

/** Titles and answers of all topics in all languages, also those for single channels. Questions are not shown, so they are not in it. */
export function* shownTexts({ knowledge, sourceOf }: Subject): Generator<ShownText> {
  for (const topic of knowledge.topics.values()) {
    const source = sourceOf(topic.id);
    if (!source) continue;
    for (const [language, { title, answer }] of Object.entries(topic.texts)) {
      yield { topic, source, language, kind: 'title', path: [language, 'title'], text: title };
      yield { topic, source, language, kind: 'answer', path: [language, 'answer'], text: answer };
    }
    for (const [channel, texts] of Object.entries(topic.channels)) {
      for (const [language, text] of Object.entries(texts)) {
        yield { topic, source, language, kind: 'answer', path: ['channels', channel, language], text };
      }
    }
  }
}

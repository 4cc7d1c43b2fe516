import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnowledgeFault } from '../fault.ts';
import { finding, type Subject } from './rule.ts';

/** Pictures that are not there, or that nobody describes for those who cannot see them. */
export async function media({ dir, knowledge, sourceOf }: Subject): Promise<KnowledgeFault[]> {
  const found: KnowledgeFault[] = [];
  for (const topic of knowledge.topics.values()) {
    const source = sourceOf(topic.id);
    if (!source) continue;
    for (const [i, { file, alt }] of topic.media.entries()) {
      const info = await stat(join(dir, 'media', file)).catch(() => undefined);
      if (!info?.isFile()) {
        const fault = `There is no file media/${file}.`;
        found.push(
          finding(source, ['media', i, 'file'], { rule: 'media', severity: 'error', fault, remedy: 'Put it there, or correct the name.' }),
        );
      }
      const missing = Object.keys(topic.texts).filter((language) => !Object.hasOwn(alt, language));
      if (missing.length) {
        const fault = `The picture has no description in ${missing.join(', ')}.`;
        const remedy = 'Say in "alt" what it shows, for those who cannot see it.';
        found.push(finding(source, ['media', i, 'alt'], { rule: 'media', severity: 'warning', fault, remedy }));
      }
    }
  }
  return found;
}

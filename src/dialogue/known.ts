import { createSearch } from '../kb/search.ts';
import type { Knowledge } from '../kb/topic.ts';
import type { KnowledgeSource } from '../kb/watch.ts';
import type { Log } from '../log.ts';
import { ordinaryOf } from './ordinary.ts';
import { loadSignalRules } from './signal-rules.ts';
import type { Known } from './understand.ts';

/** The knowledge in use, with its search trained. */
export interface KnownSource {
  current(): Known;
  stop(): void;
}

/** Trains a search for the knowledge, and again in the background for every change; the old one answers until the new one is ready. */
export async function createKnown(source: KnowledgeSource, options: { cacheDir?: string; log: Log }): Promise<KnownSource> {
  const { cacheDir, log } = options;
  const rules = await loadSignalRules(ordinaryOf(source.current()), { cacheDir });
  const train = async (knowledge: Knowledge): Promise<Known> => {
    const onTraining = () =>
      log.info(
        { version: knowledge.version, topics: knowledge.topics.size },
        'the search learns new knowledge: up to a minute, once for each change',
      );
    return { knowledge, rules, search: await createSearch(knowledge, { cacheDir, onTraining }) };
  };
  let known = await train(source.current());
  const stop = source.onChange((knowledge) => {
    train(knowledge).then(
      (next) => {
        if (next.knowledge.version !== source.current().version) return;
        known = next;
        log.info({ version: knowledge.version, topics: knowledge.topics.size }, 'knowledge replaced');
      },
      (error: Error) => log.error({ err: error.message }, 'search not trained, the old knowledge stays'),
    );
  });
  return { current: () => known, stop };
}

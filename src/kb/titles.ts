import Fuse from 'fuse.js';
import { fold } from './fold.ts';
import type { Candidate } from './match.ts';
import type { Knowledge } from './topic.ts';

/** Finds topics by a beginning of their title, misspelled or not, in one language. Scores fall from 1. */
export function titleFinder(knowledge: Knowledge): (prefix: string, language: string, limit: number) => Candidate[] {
  const indexes = new Map<string, Fuse<{ id: string; title: string }>>();
  return (prefix, language, limit) => {
    const wanted = fold(prefix);
    if (!wanted) return [];
    let index = indexes.get(language);
    if (!index) {
      const titles = [...knowledge.topics.values()].flatMap(({ id, enabled, texts }) => {
        const title = texts[language]?.title;
        return enabled && title ? [{ id, title: fold(title) }] : [];
      });
      index = new Fuse(titles, { keys: ['title'], includeScore: true, ignoreLocation: true, threshold: 0.4 });
      indexes.set(language, index);
    }
    const found = index.search(wanted.slice(0, 60)).map(({ item, score = 1 }) => {
      const starts = item.title.split(' ').some((_, at, words) => words.slice(at).join(' ').startsWith(wanted));
      return { id: item.id, score: starts ? 1 - score / 10 : (1 - score) * 0.9 };
    });
    return found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit);
  };
}

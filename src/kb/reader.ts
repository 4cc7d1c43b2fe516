import { tokens } from './fold.ts';
import type { Model } from './model.ts';
import { type Repair, repairer } from './repair.ts';
import { latinLetters } from './spellings.ts';

/** A message's words, folded: as typed, and as the knowledge would write them. */
export interface Words {
  typed: string[];
  read: string[];
  repaired: Repair[];
  /** Share of the words as typed that the knowledge knows, 0..1. */
  coverage: number;
}

/** Reads texts with a model's words. A word that nothing is near to keeps its letters, sh and ch read as one. */
export function reader(model: Model): (text: string) => Words {
  const repair = repairer(model.words);
  return (text) => {
    const typed = tokens(text).slice(0, MOST);
    const repaired: Repair[] = [];
    let known = 0;
    const read = typed.map((word) => {
      if (model.words.has(word) || /^\d+$/.test(word)) {
        known++;
        return word;
      }
      const other = repair(word) ?? latinLetters(word);
      if (other !== word) repaired.push({ typed: word, read: other });
      return other;
    });
    return { typed, read, repaired, coverage: typed.length ? known / typed.length : 0 };
  };
}

const MOST = 400;

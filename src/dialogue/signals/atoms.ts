import { isSlip, shortened, skeleton } from './typo.ts';

/** One word of a pattern: how it is compared with a word of the message. */
export interface Atom {
  word: string;
  /** `abc*`: the word may go on. */
  prefix: boolean;
  /** A misspelling counts too. */
  typo: boolean;
  /** `^ölüm`: compared with the word as written in lower case, for words that folding makes alike (ölüyorum, oluyorum). */
  raw: boolean;
}

/** All words of all patterns, found from a message's word without trying each. */
export interface Atoms {
  add(atom: Atom): number;
  /** Which atoms a word of a message satisfies. */
  of(word: string, raw: string): Set<number>;
}

const mostRemembered = 20_000;
const longestRemembered = 60;

/** An empty table. `ordinary` are words that are never a misspelling of another (`olmak` is not `ölmek`). */
export function createAtoms(ordinary: ReadonlySet<string>): Atoms {
  const atoms: Atom[] = [];
  const ids = new Map<string, number>();
  const plain = new Map<string, number[]>();
  const raw = new Map<string, number[]>();
  const near = new Map<string, number[]>();
  const bones = new Map<string, number[]>();
  let longest = 0;
  // A message is read at receipt, before its turn and in it, and words come again.
  const remembered = new Map<string, Set<number>>();

  const put = (map: Map<string, number[]>, key: string, id: number) => map.get(key)?.push(id) ?? map.set(key, [id]);

  return {
    add(atom) {
      const key = `${atom.word}${atom.prefix ? '*' : ''}${atom.typo ? '~' : ''}${atom.raw ? '^' : ''}`;
      const known = ids.get(key);
      if (known !== undefined) return known;
      remembered.clear();
      const id = atoms.push(atom) - 1;
      ids.set(key, id);
      put(atom.raw ? raw : plain, atom.word, id);
      longest = Math.max(longest, atom.word.length);
      if (atom.typo && !atom.raw) {
        for (const form of shortened(atom.word)) put(near, form, id);
        if (skeleton(atom.word)) put(bones, skeleton(atom.word), id);
      }
      return id;
    },

    of(word, written) {
      const key = `${word} ${written}`;
      const known = remembered.get(key);
      if (known) return known;
      const found = new Set<number>();
      if (remembered.size >= mostRemembered) remembered.clear();
      if (key.length <= longestRemembered) remembered.set(key, found);
      const exact = (map: Map<string, number[]>, text: string) => {
        for (let length = 1; length <= Math.min(text.length, longest); length++) {
          for (const id of map.get(text.slice(0, length)) ?? []) if (atoms[id]?.prefix || length === text.length) found.add(id);
        }
      };
      exact(plain, word);
      exact(raw, written);
      if (word.length < 3 || ordinary.has(word)) return found;
      const own = skeleton(word);
      for (let length = 5; length <= own.length; length++) {
        for (const id of bones.get(own.slice(0, length)) ?? []) if (atoms[id]?.prefix || length === own.length) found.add(id);
      }
      for (let length = 3; length <= Math.min(word.length, longest + 1); length++) {
        const part = word.slice(0, length);
        const whole = length === word.length;
        for (const form of shortened(part)) {
          for (const id of near.get(form) ?? []) {
            const atom = atoms[id] as Atom;
            if ((atom.prefix || whole) && !found.has(id) && isSlip(part, atom.word)) found.add(id);
          }
        }
      }
      return found;
    },
  };
}

import { fold } from '../../kb/fold.ts';
import type { Atoms } from './atoms.ts';

/**
 * A phrase as editors write it (`locales/<language>/signals.yaml`), words folded like messages:
 * `word` (a slip in five letters and more is forgiven), `=word` (none), `word*` (may go on), `^wörd` (as written, unfolded),
 * `(one|two words|three*)`, `word?` `(…)?` (may be missing), `..` (up to two words between), `...` (up to five), `<` `>` (begin, end of the message).
 */
export interface Pattern {
  source: string;
  parts: Part[];
}

type Part =
  | { kind: 'word'; atom: number; optional: boolean }
  | { kind: 'either'; ways: Part[][]; optional: boolean }
  | { kind: 'gap'; most: number }
  | { kind: 'edge'; at: 'begin' | 'end' };

/** Reads a phrase. Throws an Error that names the fault. */
export function readPattern(source: string, atoms: Atoms): Pattern {
  const pieces = source.match(/\(|\)\??|\||[^\s()|]+/g) ?? [];
  let at = 0;
  const parts = sequence(0);
  if (at < pieces.length) throw new Error(`a ) too many in "${source}"`);
  if (parts.length === 0) throw new Error('an empty phrase');
  return { source, parts };

  function sequence(depth: number): Part[] {
    const found: Part[] = [];
    for (; at < pieces.length; at++) {
      const piece = pieces[at] as string;
      if (piece === '|' || piece.startsWith(')')) {
        if (depth === 0) throw new Error(`"${piece}" outside brackets in "${source}"`);
        return found;
      }
      found.push(piece === '(' ? either(depth) : part(piece));
    }
    if (depth > 0) throw new Error(`a ( without its ) in "${source}"`);
    return found;
  }

  function either(depth: number): Part {
    const ways: Part[][] = [];
    do {
      at++;
      ways.push(sequence(depth + 1));
    } while (pieces[at] === '|');
    return { kind: 'either', ways, optional: pieces[at] === ')?' };
  }

  function part(piece: string): Part {
    if (piece === '<' || piece === '>') return { kind: 'edge', at: piece === '<' ? 'begin' : 'end' };
    if (piece === '..' || piece === '...') return { kind: 'gap', most: piece.length === 2 ? 2 : 5 };
    const [, mark = '', body = '', star = '', may = ''] = /^([=^]?)(.*?)(\*?)(\??)$/.exec(piece) ?? [];
    const word = mark === '^' ? body : fold(body);
    if (!word || word.includes(' ')) throw new Error(`"${piece}" is not one word in "${source}"`);
    return { kind: 'word', atom: atoms.add({ word, prefix: star !== '', typo: mark === '' && word.length >= 5, raw: mark === '^' }), optional: may !== '' };
  }
}

/** The first place where the pattern stands in the words (each given as the atoms it satisfies), or undefined. */
export function findPattern(pattern: Pattern, words: Set<number>[]): { start: number; end: number } | undefined {
  for (let start = 0; start < words.length; start++) {
    const ends = reach(pattern.parts, words, new Set([start]));
    if (ends.size > 0) return { start, end: Math.max(...ends) };
  }
  return undefined;
}

/** Where a sequence of parts can end that starts at one of these places. */
function reach(parts: Part[], words: Set<number>[], starts: Set<number>): Set<number> {
  let places = starts;
  for (const part of parts) {
    places = step(part, words, places);
    if (places.size === 0) break;
  }
  return places;
}

function step(part: Part, words: Set<number>[], places: Set<number>): Set<number> {
  const next = new Set<number>();
  if (part.kind === 'either') {
    for (const way of part.ways) for (const place of reach(way, words, places)) next.add(place);
    if (part.optional) for (const place of places) next.add(place);
    return next;
  }
  for (const place of places) {
    if (part.kind === 'edge') {
      if (place === (part.at === 'begin' ? 0 : words.length)) next.add(place);
    } else if (part.kind === 'gap') {
      for (let skip = 0; skip <= part.most && place + skip <= words.length; skip++) next.add(place + skip);
    } else {
      if (words[place]?.has(part.atom)) next.add(place + 1);
      if (part.optional) next.add(place);
    }
  }
  return next;
}

import { fold } from '../../kb/fold.ts';
import type { Atoms } from './atoms.ts';

/**
 * A phrase as editors write it (`locales/<language>/signals.yaml`), words folded like messages:
 * `word` (a slip is forgiven from four letters on, before a star from five; in phrases that take a meaning back only in `~word`), `=word` (none), `word*` (may go on), `^wörd` (as written, unfolded),
 * `(one|two words|three*)`, `word?` `(…)?` (may be missing), `..` (up to two words between), `...` (up to five), `....` (up to eight), `<` `>` (begin, end of the message).
 */
export interface Pattern {
  source: string;
  parts: Part[];
}

const gaps: Record<string, number> = { '..': 2, '...': 5, '....': 8 };

type Part =
  | { kind: 'word'; atom: number; optional: boolean }
  | { kind: 'either'; ways: Part[][]; optional: boolean }
  | { kind: 'gap'; most: number }
  | { kind: 'edge'; at: 'begin' | 'end' };

/** Reads a phrase; `forgiving` false takes every word exactly. Throws an Error that names the fault. */
export function readPattern(source: string, atoms: Atoms, forgiving = true): Pattern {
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
    if (piece in gaps) return { kind: 'gap', most: gaps[piece] as number };
    const [, mark = '', body = '', star = '', may = ''] = /^([=^~]?)(.*?)(\*?)(\??)$/.exec(piece) ?? [];
    const word = mark === '^' ? body : fold(body);
    if (!word || word.includes(' ')) throw new Error(`"${piece}" is not one word in "${source}"`);
    if (star && word.length < 2) throw new Error(`"${piece}" would take nearly any word in "${source}"`);
    return {
      kind: 'word',
      atom: atoms.add({
        word,
        prefix: star !== '',
        typo: (mark === '~' || (forgiving && mark === '')) && word.length >= (star ? 5 : 4),
        raw: mark === '^',
      }),
      optional: may !== '',
    };
  }
}

/** Patterns, found by the word that they begin with. */
export interface Phrases {
  byFirst: Map<number, Pattern[]>;
  /** Those that may begin with any word (a gap, an edge). */
  others: Pattern[];
}

/** Puts patterns in order for `findPhrase`, so that a message tries only those that can begin at one of its words. */
export function indexPhrases(patterns: Pattern[]): Phrases {
  const phrases: Phrases = { byFirst: new Map(), others: [] };
  for (const pattern of patterns) {
    const firsts = firstAtoms(pattern.parts);
    if (!firsts) phrases.others.push(pattern);
    else for (const atom of firsts) phrases.byFirst.get(atom)?.push(pattern) ?? phrases.byFirst.set(atom, [pattern]);
  }
  return phrases;
}

/** The first place in the words from `from` on (each given as the atoms it satisfies) where one of the phrases stands, and the longest one there. */
export function findPhrase(phrases: Phrases, words: { atoms: Set<number> }[], from = 0): { start: number; end: number } | undefined {
  for (let start = from; start < words.length; start++) {
    let end = -1;
    for (const pattern of beginningAt(phrases, (words[start] as { atoms: Set<number> }).atoms))
      for (const place of reach(pattern.parts, words, new Set([start]))) end = Math.max(end, place);
    if (end > start) return { start, end };
  }
  return undefined;
}

/** The patterns that may begin with such a word, each once. */
function beginningAt({ byFirst, others }: Phrases, atoms: Set<number>): Iterable<Pattern> {
  let found: Set<Pattern> | undefined;
  for (const atom of atoms) {
    const patterns = byFirst.get(atom);
    if (!patterns) continue;
    found ??= new Set(others);
    for (const pattern of patterns) found.add(pattern);
  }
  return found ?? others;
}

/** The atoms that a sequence can begin with; undefined where any word can. */
function firstAtoms(parts: Part[]): Set<number> | undefined {
  const found = new Set<number>();
  for (const part of parts) {
    if (part.kind === 'gap') return undefined;
    if (part.kind === 'edge') continue;
    if (part.kind === 'word') found.add(part.atom);
    else {
      for (const way of part.ways) {
        const firsts = firstAtoms(way);
        if (!firsts) return undefined;
        for (const atom of firsts) found.add(atom);
      }
    }
    if (!part.optional) return found;
  }
  return undefined;
}

/** Where a sequence of parts can end that starts at one of these places. */
function reach(parts: Part[], words: { atoms: Set<number> }[], starts: Set<number>): Set<number> {
  let places = starts;
  for (const part of parts) {
    places = step(part, words, places);
    if (places.size === 0) break;
  }
  return places;
}

function step(part: Part, words: { atoms: Set<number> }[], places: Set<number>): Set<number> {
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
      if (words[place]?.atoms.has(part.atom)) next.add(place + 1);
      if (part.optional) next.add(place);
    }
  }
  return next;
}

import { tokens } from './fold.ts';
import type { Lexicon } from './topic.ts';

/** The concepts that stand in a message, as their places in the lexicon, in the order of its words. */
export type ConceptFinder = (words: string[]) => number[];

/**
 * Finds the lexicon's concepts in folded words. An entry `çekim*` stands for every word that begins so, `cash out` for words in a row;
 * `5..17 yaş*` for a whole number from 5 to 17 before them; the longest entry at a place wins, and an entry under several concepts gives them all.
 */
export function conceptFinder(lexicon: Lexicon): ConceptFinder {
  const root = emptyNode();
  lexicon.forEach((entry, concept) => {
    for (const words of Object.values(entry.words)) for (const word of words) add(root, word, concept);
  });
  return (words) => {
    const found: number[] = [];
    for (let at = 0; at < words.length; ) {
      const [concepts, length] = longest(root, words, at);
      found.push(...concepts);
      at += Math.max(1, length);
    }
    return found;
  };
}

interface Node {
  next: Map<string, Node>;
  /** Continuations by a word's beginning. */
  prefixes: Map<string, Node>;
  /** Continuations by a whole number. */
  ranges: { from: number; to: number; node: Node }[];
  concepts: number[];
}

function emptyNode(): Node {
  return { next: new Map(), prefixes: new Map(), ranges: [], concepts: [] };
}

function add(root: Node, entry: string, concept: number): void {
  let node = root;
  for (const part of entry.split(/\s+/)) {
    const range = /^(\d+)\.\.(\d+)$/.exec(part);
    if (range) {
      const [from, to] = [Number(range[1]), Number(range[2])];
      const known = node.ranges.find((one) => one.from === from && one.to === to) ?? { from, to, node: emptyNode() };
      if (!node.ranges.includes(known)) node.ranges.push(known);
      node = known.node;
      continue;
    }
    const open = part.endsWith('*');
    for (const word of tokens(part)) {
      const edges = open ? node.prefixes : node.next;
      const target = edges.get(word) ?? emptyNode();
      edges.set(word, target);
      node = target;
    }
  }
  if (node !== root && !node.concepts.includes(concept)) node.concepts.push(concept);
}

function longest(node: Node, words: string[], at: number): [number[], number] {
  const word = words[at];
  let best: [number[], number] = [node.concepts, 0];
  if (word === undefined) return best;
  const targets: Node[] = [];
  const exact = node.next.get(word);
  if (exact) targets.push(exact);
  if (node.prefixes.size) {
    for (let length = Math.min(word.length, 16); length > 1; length--) {
      const target = node.prefixes.get(word.slice(0, length));
      if (target) targets.push(target);
      if (target && !exact) break;
    }
  }
  if (node.ranges.length && /^\d{1,3}$/.test(word)) {
    for (const { from, to, node: target } of node.ranges) if (Number(word) >= from && Number(word) <= to) targets.push(target);
  }
  for (const target of targets) {
    const [concepts, length] = longest(target, words, at + 1);
    if (concepts.length && length + 1 > best[1]) best = [concepts, length + 1];
  }
  return best;
}

import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import type { KnowledgeFault } from './fault.ts';
import { yamlRemedy } from './yaml-remedy.ts';

/** Where something stands in a file, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** One YAML file of a knowledge folder, read, with the way back from a value to its place. */
export interface Source {
  /** Path under the folder, with `/`. */
  file: string;
  text: string;
  /** Plain data; undefined when the file cannot be read as YAML. */
  value: unknown;
  faults: KnowledgeFault[];
  /** Place of the value (of a map or list: its key), or of the nearest thing around it that exists. */
  place(path: readonly PropertyKey[]): Place;
  /** Place of a piece of the text at `path`; the text's own place when the piece is not found as it is. */
  placeOf(piece: string, path: readonly PropertyKey[]): Place;
  /** Place of a key, also one that the schema does not know. */
  placeOfKey(path: readonly PropertyKey[]): Place;
}

/** Parses one file. Never throws: what is wrong is in `faults`. */
export function readSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults: KnowledgeFault[] = worthTelling(document.errors).map((error) => ({
    file,
    ...placeAt(beginning(error, document)),
    rule: 'yaml',
    fault: error.message,
    remedy: yamlRemedy(error.code),
    severity: 'error',
  }));
  let value: unknown;
  if (!faults.length) {
    try {
      value = document.toJS({ maxAliasCount: 50 });
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      faults.push({ file, line: 1, column: 1, rule: 'yaml', fault, remedy: 'Write the text out instead of *aliases.', severity: 'error' });
    }
  }
  const { find, key } = finder(document.contents, (node) => (isAlias(node) ? node.resolve(document) : node));
  const start = (node: Node | undefined) => placeAt(node?.range?.[0] ?? 0);
  return {
    file,
    text,
    value,
    faults,
    place: (path) => start(find(path, false)),
    placeOfKey: (path) => start(key(path)),
    placeOf(piece, path) {
      const node = find(path, true);
      const [from = 0, to = 0] = node?.range ?? [];
      const at = piece ? text.indexOf(piece, from) : -1;
      return at >= 0 && at + piece.length <= to ? placeAt(at) : start(find(path, false));
    },
  };
}

/** What the parser says after a tab is about what it made of the tab. */
function worthTelling(errors: YAMLError[]): YAMLError[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  return tabs.length > 0 ? tabs : errors;
}

/** Where to look: a quote that nothing closes is missed at the end of the file, and is mended where it opens. */
function beginning({ code, pos: [at] }: YAMLError, document: Document.Parsed): number {
  let from = at;
  if (code === 'MISSING_CHAR')
    visit(document, {
      Scalar(_, { type, range }) {
        if (type?.startsWith('QUOTE') && range?.[1] === at) from = range[0];
      },
    });
  return from;
}

type Resolve = (node: Node) => Node | undefined;

function finder(root: Node | null, resolve: Resolve) {
  /** The node at `path`, or the last one on the way to it; a map's or list's key stands for it unless `exact`. */
  const find = (path: readonly PropertyKey[], exact: boolean): Node | undefined => {
    let node: Node | undefined = root ?? undefined;
    let shown = node;
    for (const step of path) {
      const inside: Node | undefined = node && resolve(node);
      if (isMap(inside)) {
        const pair = inside.items.find((item) => nameOf(item.key) === String(step));
        if (!pair) break;
        node = isNode(pair.value) ? pair.value : undefined;
        shown = isScalar(node) || exact ? node : isNode(pair.key) ? pair.key : node;
      } else if (isSeq(inside)) {
        const item = inside.items[Number(step)];
        if (!isNode(item)) break;
        shown = node = item;
      } else break;
    }
    return shown;
  };
  const key = (path: readonly PropertyKey[]): Node | undefined => {
    const parent = find(path.slice(0, -1), true);
    const map = parent && resolve(parent);
    const pair = isMap(map) ? map.items.find((item) => nameOf(item.key) === String(path.at(-1))) : undefined;
    return isNode(pair?.key) ? pair.key : parent;
  };
  return { find, key };
}

const nameOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

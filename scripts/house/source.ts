import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One source file of the house, parsed. `name` is relative to the root, with forward slashes. */
export interface Source {
  name: string;
  lines: number;
  tree: ts.SourceFile;
}

/** All TypeScript of src/ and web/ under a root. */
export function readSources(root: string): Source[] {
  return ['src', 'web'].flatMap((folder) => list(root, folder)).map((name) => readSource(root, name));
}

function list(root: string, folder: string): string[] {
  try {
    const names = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    return names.sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function readSource(root: string, name: string): Source {
  const code = readFileSync(path.join(root, name), 'utf8');
  const kind = name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return { name, lines: code.trimEnd().split('\n').length, tree: ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, kind) };
}

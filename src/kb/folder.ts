import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KnowledgeFault } from './fault.ts';

/** Files of a knowledge folder that are no topics. */
export const settingsFiles = ['lexicon.yaml', 'out-of-scope.yaml', 'departments.yaml', 'desk.yaml'] as const;

/** One file of a knowledge folder. */
export interface Entry {
  /** Path under the folder, with `/`. */
  file: string;
  bytes: number;
  /** Milliseconds since 1970. */
  changed: number;
}

/**
 * All YAML files of a knowledge folder, sorted by path, links followed; folders and files with a leading dot and media/ are left out.
 * Never throws: a folder that is not there, a link to nowhere or in a circle is a fault.
 */
export async function listFolder(dir: string): Promise<{ entries: Entry[]; faults: KnowledgeFault[] }> {
  const entries: Entry[] = [];
  const faults: KnowledgeFault[] = [];
  const report = (file: string, rule: string, fault: string, remedy: string, severity: 'error' | 'warning' = 'error') =>
    faults.push({ file, line: 1, column: 1, rule, fault, remedy, severity });

  const visit = async (path: string, above: string[]): Promise<void> => {
    const full = join(dir, path);
    try {
      const info = await stat(full);
      if (info.isDirectory()) {
        const real = await realpath(full);
        if (above.includes(real)) return void report(path, 'link', 'The link leads in a circle.', 'Remove the link.');
        const names = (await readdir(full)).filter((name) => !name.startsWith('.')).sort();
        for (const name of names) {
          if (path === '' && name === 'media') continue;
          await visit(path ? `${path}/${name}` : name, [...above, real]);
        }
      } else if (path.endsWith('.yaml') && info.isFile()) {
        entries.push({ file: path, bytes: info.size, changed: info.mtimeMs });
        // Editors on Windows like to add .txt, and do not show it.
      } else if (/\.ya?ml(\.txt)?$/i.test(path)) {
        report(path, 'file-name', 'The file is not read.', 'Let it be a regular file whose name ends in .yaml.', 'warning');
      } else if (path === '') report('', 'folder', `${dir} is no folder.`, nameFolder);
    } catch (error) {
      report(path, 'unreadable', ...reason(error, path, dir));
    }
  };

  await visit('', []);
  return { entries: entries.sort((a, b) => (a.file < b.file ? -1 : 1)), faults };
}

const nameFolder = 'Name the folder with the knowledge: KNOWLEDGE_DIR, or that of the command.';

function reason(error: unknown, path: string, dir: string): [fault: string, remedy: string] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT' && path === '') return [`There is no folder ${dir}.`, nameFolder];
  if (code === 'ENOENT') return ['The link leads nowhere.', 'Remove the link, or put the file where it points.'];
  if (code === 'ELOOP') return ['The link leads in a circle.', 'Remove the link.'];
  if (code === 'EACCES' || code === 'EPERM') return ['It may not be read.', 'Give the account that runs Destek the right to read it.'];
  return [`It cannot be read (${code}).`, 'Look at the disk.'];
}

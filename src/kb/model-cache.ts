import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** Where the installation leaves the models that it trains. */
export const shippedModels = join(import.meta.dirname, '../../.cache/search');

/**
 * What `train` gives, from the cache where an earlier run or the installation left it, else trained now and left there.
 * `kind` begins the file's name; `content` is all that the training depends on, its own version included.
 */
export async function keptModel<Model>(
  kind: string,
  content: unknown,
  cacheDir: string | undefined,
  train: () => Model | Promise<Model>,
): Promise<Model> {
  const digest = createHash('sha256').update(JSON.stringify([content, process.versions.v8]));
  const name = `${kind}-${digest.digest('hex').slice(0, 24)}.bin`;
  const file = cacheDir && join(cacheDir, name);
  const kept = file && ((await read<Model>(file)) ?? (await read<Model>(join(shippedModels, name))));
  if (kept) return kept;
  const model = await train();
  if (file) await keep(kind, file, model);
  return model;
}

const KEPT = 4;

async function read<Model>(file: string): Promise<Model | null> {
  try {
    return deserialize(await readFile(file)) as Model;
  } catch {
    return null; // not there, or cut short: train anew
  }
}

// Written beside and renamed, so that two processes starting at once never read half a file. The cache only saves time: a full disk is no fault.
async function keep(kind: string, file: string, model: unknown): Promise<void> {
  const part = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(part, serialize(model));
    await rename(part, file);
    await forgetOld(kind, dirname(file));
  } catch {}
}

// An edit of the knowledge leaves a file behind: the newest few are kept, so that two knowledge folders may take turns.
async function forgetOld(kind: string, dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.bin')).map((name) => join(dir, name));
  const byAge = await Promise.all(names.map(async (name) => ({ name, changed: (await stat(name)).mtimeMs })));
  byAge.sort((a, b) => b.changed - a.changed);
  for (const { name } of byAge.slice(KEPT)) await unlink(name);
}

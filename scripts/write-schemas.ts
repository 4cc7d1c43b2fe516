import { mkdir, writeFile } from 'node:fs/promises';
import { editorSchemas } from '../src/kb/editor-schemas.ts';

/** Writes the JSON Schemas of knowledge files into a folder. */
export async function writeSchemas(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const [name, schema] of Object.entries(editorSchemas())) {
    await writeFile(`${dir}/${name}`, `${JSON.stringify(schema, null, 2)}\n`);
  }
}

if (import.meta.main) await writeSchemas('schema');

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { editorSchemas } from '../../src/kb/editor-schemas.ts';

test.each(Object.entries(editorSchemas()))('schema/%s is what `npm run schema` writes', async (name, schema) => {
  const committed: unknown = JSON.parse(await readFile(new URL(`../../schema/${name}`, import.meta.url), 'utf8'));
  expect(committed).toEqual(schema);
});

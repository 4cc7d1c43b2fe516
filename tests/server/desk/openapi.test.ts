import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../setup/app.ts';

const root = path.join(import.meta.dirname, '../../..');

interface Operation {
  summary?: string;
  requestBody?: object;
  responses: Record<string, { content?: object }>;
}

let app: TestApp;
let operations: { name: string; method: string; path: string; operation: Operation }[];
beforeAll(async () => {
  app = await startTestApp();
  const { paths } = (await (await fetch(`${app.url}/docs/json`)).json()) as { paths: Record<string, Record<string, Operation>> };
  operations = Object.entries(paths).flatMap(([at, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${at}`, method, path: at, operation })),
  );
});
afterAll(() => app.end());

const desk = () => operations.filter((each) => each.path.startsWith('/api/desk/'));

test('every route of the desk says what it is for, what it answers and how it refuses', () => {
  const wanting = desk().flatMap(({ name, operation: { summary, responses } }) => {
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    return [
      ...(summary ? [] : [`${name}: no summary`]),
      ...(good.some(([status, { content }]) => status === '204' || content) ? [] : [`${name}: no answer`]),
      ...(Object.keys(responses).some((status) => /^4/.test(status)) ? [] : [`${name}: no refusal`]),
    ];
  });
  expect(desk().length).toBeGreaterThan(30);
  expect(wanting).toEqual([]);
});

/** What the desk's sources call: method and path, with a gap where a value stands. */
function calls(): { method: string; pattern: RegExp; said: string }[] {
  return globSync('web/desk/**/*.{ts,tsx}', { cwd: root }).flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    const spoken = [...text.matchAll(/\b(get|getSpoken|post|ask)(?:<[^(]*>)?\(\s*(['`])([a-z][^'`]*)\2/g)].map(([, verb, , at = '']) => ({
      // A function of a page's own that asks: by whatever method.
      method: verb === 'ask' ? '' : verb === 'post' ? 'post' : 'get',
      at,
    }));
    const plain = [...text.matchAll(/['`]\/api\/desk\/([^'`]*)['`]/g)].map(([, at = '']) => ({ method: '', at }));
    return [...spoken, ...plain]
      .map(({ method, at }) => ({ method, at: at.replace(/\?.*$/, '').replace(/\/$/, '') }))
      .filter(({ at }) => !at.startsWith('$'))
      .map(({ method, at }) => {
        const parts = at.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^()|[\]\\]/g, '\\$&'));
        return { method, said: `${file}: ${method} ${at}`, pattern: new RegExp(`^/api/desk/${parts.join('.+')}$`) };
      });
  });
}

test('the desk calls nothing that is not in the document', () => {
  const found = calls();
  const unknown = found.filter(
    ({ method, pattern }) => !desk().some((each) => (method === '' || each.method === method) && pattern.test(each.path)),
  );
  expect(found.length).toBeGreaterThan(20);
  expect(unknown.map(({ said }) => said)).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const dist = path.resolve(import.meta.dirname, '../../dist');
const weigh = (file: string) => gzipSync(readFileSync(path.join(dist, file))).length;
const chatFile = () => /assets\/chat-[\w-]+\.js/.exec(readFileSync(path.join(dist, 'widget.js'), 'utf8'))?.[0] ?? 'none';

// What the chat adds to a page, as it goes over the wire.
describe('weight', () => {
  test('the launcher is at most 5 kB and one classic script', () => {
    expect(weigh('widget.js')).toBeLessThanOrEqual(5_000);
    expect(readFileSync(path.join(dist, 'widget.js'), 'utf8')).not.toMatch(/^(import|export)\b/m);
  });

  test('the open chat with the words of any language is at most 35 kB', () => {
    const words = readdirSync(path.join(dist, 'assets')).filter((name) => name.startsWith('web-'));
    expect(words.length).toBeGreaterThanOrEqual(3);
    expect(weigh(chatFile()) + Math.max(...words.map((name) => weigh(`assets/${name}`)))).toBeLessThanOrEqual(35_000);
  });

  test('no script of ours writes HTML or evaluates text', () => {
    const sources = readdirSync(path.resolve(import.meta.dirname, '../../web'), { recursive: true, withFileTypes: true }).filter((entry) =>
      /\.tsx?$/.test(entry.name),
    );
    expect(sources.length).toBeGreaterThan(30);
    for (const { parentPath, name } of sources)
      expect(readFileSync(path.join(parentPath, name), 'utf8'), name).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\beval\(|new Function/,
      );
  });
});

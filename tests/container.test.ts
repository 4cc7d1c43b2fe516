import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/config.ts';

const house = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(house, file), 'utf8');
const { services, volumes } = parse(read('docker-compose.yml'));

test('what the image copies is there, and what runs in it is the product’s own', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, from = '']) => from.split(' '));
  expect(copied.length).toBeGreaterThan(3);
  for (const file of copied) expect(existsSync(path.join(house, file)), file).toBe(true);
  expect(existsSync(path.join(house, 'bin/destek'))).toBe(true);
});

test('the container’s own settings win over those of .env for a start without one, and all are accepted', () => {
  const given: Record<string, unknown> = services.destek.environment;
  const own = Object.fromEntries([...read('Dockerfile').matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  for (const name of ['HOST', 'PORT', 'DATA_DIR']) expect(String(given[name])).toBe(own[name]);
  const filled = Object.entries(given).map(([name, value]) => [
    name,
    String(value)
      .replace(/\$\{\w+:-(.*?)\}/, '$1')
      .replace(/\$\{\w+:\?.*?\}/, 'a'.repeat(32)),
  ]);
  expect(readConfig(Object.fromEntries(filled))).toMatchObject({ HOST: '0.0.0.0', PORT: 3000, TRUST_PROXY: 1 });
  expect(services.destek.ports).toEqual([`127.0.0.1:3000:${given.PORT}`]);
  const kept = services.destek.volumes.map((each: string) => each.split(':')[0]).filter((each: string) => !each.startsWith('.'));
  for (const name of kept) expect(Object.keys(volumes)).toContain(name);
});

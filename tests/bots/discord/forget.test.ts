import { expect, test } from 'vitest';
import { forget } from '../../../src/bots/discord/forget.ts';

function cursorsOf(kept: Map<string, unknown>) {
  return {
    list: async <T>(prefix: string) =>
      new Map([...kept].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value as T])),
    set: async (name: string, value: object) => void kept.set(name, value),
    remove: async (name: string) => Number(kept.delete(name)),
  };
}

test('a person who began in a server and went on in direct messages leaves no id behind; others keep theirs', async () => {
  const kept = new Map<string, unknown>([
    ['me', { id: '1' }],
    ['session:abc:0', { sessionId: 'x', sequence: 7 }],
    ['moved:700:34', { value: '12@56' }],
    ['home:12', { value: '12@56' }],
    ['last:12', { last: '99', server: false, authors: [] }],
    ['last:700', { last: '98', server: true, authors: ['33', '34'] }],
    ['moved:700:33', { value: '13@57' }],
    ['home:13', { value: '13@57' }],
    ['last:13', { last: '97', server: false, authors: [] }],
  ]);
  expect(await forget(['12@56'], cursorsOf(kept))).toBe(4);
  const left = JSON.stringify([...kept]);
  for (const id of ['"12', ':12', '34', '56']) expect(left).not.toContain(id);
  expect(kept.get('last:700')).toEqual({ last: '98', server: true, authors: ['33'] });
  expect([...kept.keys()]).toEqual(['me', 'session:abc:0', 'last:700', 'moved:700:33', 'home:13', 'last:13']);
});

test('a person of direct messages alone, and one of a server alone', async () => {
  const kept = new Map<string, unknown>([
    ['last:12', { last: '99', server: false, authors: [] }],
    ['last:700', { last: '98', server: true, authors: ['34'] }],
  ]);
  expect(await forget(['12', '700:34'], cursorsOf(kept))).toBe(2);
  expect([...kept]).toEqual([['last:700', { last: '98', server: true, authors: [] }]]);
});

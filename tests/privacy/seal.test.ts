import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFault } from '../../src/errors.ts';
import { deriveKey, keyIdOf, newDataKey, open, seal, unwrap, wrap } from '../../src/privacy/seal.ts';

const secret = 'a secret for tests, 32 characters';

function refuses(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(isFault(error)).toBe(true);
    return;
  }
  expect.unreachable('it should have been refused');
}

describe('keys', () => {
  test('one secret gives another key for each use, the same each time', () => {
    expect(deriveKey(secret, 'seal')).toEqual(deriveKey(secret, 'seal'));
    expect(deriveKey(secret, 'seal')).not.toEqual(deriveKey(secret, 'cookie'));
    expect(deriveKey(secret, 'seal')).toHaveLength(32);
    refuses(() => deriveKey('short', 'seal'));
  });

  test('a data key is wrapped for one contact', () => {
    const key = deriveKey(secret, 'seal');
    const dataKey = newDataKey();
    const wrapped = wrap(key, dataKey, 'contact:1');
    expect(unwrap(key, wrapped, 'contact:1')).toEqual(dataKey);
    refuses(() => unwrap(key, wrapped, 'contact:2'));
    refuses(() => unwrap(deriveKey(`${secret}!`, 'seal'), wrapped, 'contact:1'));
    refuses(() => open(key, wrapped, 'contact:1'));
  });

  test('the key id says which secret sealed it', () => {
    const key = newDataKey();
    const sealed = seal(key, 'text', 'm', 7);
    expect(keyIdOf(sealed)).toBe(7);
    expect(open(key, sealed, 'm').toString()).toBe('text');
    refuses(() => keyIdOf(Buffer.alloc(3)));
  });
});

describe('sealing', () => {
  const key = newDataKey();

  test('opens to what was sealed, for any text and bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, aad) => {
        expect(open(key, seal(key, Buffer.from(bytes), aad), aad)).toEqual(Buffer.from(bytes));
      }),
    );
    expect(open(key, seal(key, 'çıxarış 💸', 'm'), 'm').toString()).toBe('çıxarış 💸');
  });

  test('any changed byte, and any cut, is refused', () => {
    const sealed = seal(key, 'hello', 'm');
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] as number) ^ 1;
      refuses(() => open(key, changed, 'm'));
      refuses(() => open(key, sealed.subarray(0, i), 'm'));
    }
  });

  test('the same text never looks the same', () => {
    expect(seal(key, 'hello', 'm')).not.toEqual(seal(key, 'hello', 'm'));
  });
});

import { expect, test } from 'vitest';
import { storableText } from '../src/storable-text.ts';

test('what PostgreSQL takes in no text goes, and half of an emoji is shown as missing', () => {
  expect(storableText('a\0b\ud800c\udc00')).toBe('ab\ufffdc\ufffd');
});

test('where it must be seen that something was there, a zero is shown as missing too', () => {
  expect(storableText('a\0b', '\ufffd')).toBe('a\ufffdb');
});

test('whole emoji, other scripts and marks of direction stay as they are', () => {
  expect(storableText('İş 😀 мәтн \u200f\u202e')).toBe('İş 😀 мәтн \u200f\u202e');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deskFile } from '../../src/kb/schema.ts';
import { fill, variablesIn } from '../../src/kb/variables.ts';

const desk = {
  ...deskFile.parse({
    brand: 'Demobet',
    attachments: { accept: ['pdf', 'heic'], maxMb: 12 },
    links: { privacy: 'https://demobet.example/privacy' },
    helpLine: { tr: 'yardım', en: 'help' },
    variables: { depositMin: { tr: '100 TL', en: '100 TRY' }, minAge: '18', only: { az: 'yalnız' }, twice: '{{minAge}}' },
  }),
  defaultLanguage: 'tr',
};

test.each([
  ['{{minAge}}+', 'en', '18+'],
  ['at least {{depositMin}}', 'en', 'at least 100 TRY'],
  ['{{ depositMin }}', 'tr', '100 TL'],
  ['the default language fills a gap: {{depositMin}}', 'az', 'the default language fills a gap: 100 TL'],
  ['any language fills a gap: {{only}}', 'en', 'any language fills a gap: yalnız'],
  ['{{brand}} {{crisisLine}} {{helpLine}} {{privacyUrl}}', 'en', 'Demobet 112 help https://demobet.example/privacy'],
  ['{{fileKinds}}, {{fileMaxMb}} MB', 'az', 'PDF, HEIC, 12 MB'],
  ['{{nobody}} {{constructor}} {{__proto__}} {{toStringUrl}}', 'en', '{{nobody}} {{constructor}} {{__proto__}} {{toStringUrl}}'],
  ['{{}} {{ }} {{a b}} {minAge} {{minAge', 'en', '{{}} {{ }} {{a b}} {minAge} {{minAge'],
  ['values are not filled again: {{twice}}', 'en', 'values are not filled again: {{minAge}}'],
])('%s in %s', (text, language, expected) => {
  expect(fill(text, { desk }, language)).toBe(expected);
});

test('a text without variables stays as it is, whatever it holds', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => variablesIn(text).length > 0 || fill(text, { desk }, 'tr') === text));
});

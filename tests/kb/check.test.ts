import { describe, expect, test } from 'vitest';
import { type CheckOptions, checkKnowledge } from '../../src/kb/check.ts';
import { faultLine } from '../../src/kb/fault.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import { folder, topicFile } from './folder.ts';

/** What the check says of a folder, without the rule that every small test file would break. */
async function check(files: Record<string, string>, options: CheckOptions = {}): Promise<string[]> {
  const dir = await folder(files);
  const faults = await checkKnowledge(dir, await loadKnowledge(dir), { today: '2026-06-15', ...options });
  return faults.filter(({ rule }) => rule !== 'few-questions').map(faultLine);
}

const line = (text: string) => expect.stringContaining(text);
const other = { 'other.yaml': topicFile('', 'Other.', ['what else']) };

test('a folder in order has no fault', async () => {
  expect(await check({ 'a.yaml': topicFile('related: [other]'), ...other })).toEqual([]);
});

test('a topic whose file is broken is not said to be missing where others name it', async () => {
  const lines = await check({ 'a.yaml': topicFile('related: [other]'), 'other.yaml': 'en: { title: "unclosed\n' });
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((each) => !each.startsWith('other.yaml'))).toEqual([]);
});

test('a fault in desk.yaml stands alone: its variables are not called unknown wherever they are used', async () => {
  const files = { 'a.yaml': topicFile('', 'Within {{days}} days.'), 'desk.yaml': 'brnd: Shop\nvariables: { days: "14" }\n' };
  expect(await check(files)).toEqual([line('desk.yaml:1:1 error: Unknown key "brnd".')]);
});

test('too few questions are warned of', async () => {
  const dir = await folder({ 'a.yaml': topicFile() });
  const faults = await checkKnowledge(dir, await loadKnowledge(dir));
  expect(faults.map(faultLine)).toEqual([line('a.yaml:5:3 warning: Only 2 questions in en.')]);
});

test('a variable that is not closed is an error where it opens', async () => {
  expect(await check({ 'a.yaml': topicFile('', 'Call us.\nWithin {{brand hours.') })).toEqual([
    line('a.yaml:10:12 error: A {{ is not closed: contacts would read it.'),
  ]);
});

describe('languages', () => {
  test('one that other topics have is missed', async () => {
    const both = topicFile('', 'x', ['b']) + topicFile('', 'x', ['c']).replace(/[\s\S]*en:/, 'tr:');
    expect(await check({ 'a.yaml': topicFile(), 'b.yaml': both })).toEqual([line('a.yaml:1:1 warning: The topic has no tr')]);
  });

  test('one that desk.yaml promises is missed in topics, departments and variables', async () => {
    const lines = await check({
      'a.yaml': topicFile(),
      'departments.yaml': '- id: finance\n  name: { en: Payments }\n',
      'desk.yaml': 'languages: [en, tr]\nvariables:\n  age: "18"\n  limit: { en: ten }\n',
    });
    expect(lines).toEqual([
      line('a.yaml:1:1 warning: The topic has no tr'),
      line('departments.yaml:2:3 warning: The name of "finance" has no tr.'),
      line('desk.yaml:4:3 warning: {{limit}} has no tr.'),
    ]);
  });

  test('a default language that no topic has is an error', async () => {
    expect(await check({ 'a.yaml': topicFile(), 'desk.yaml': 'defaultLanguage: fr\nlanguages: [en]\n' })).toContainEqual(
      line('desk.yaml:1:18 error: No topic has the default language "fr".'),
    );
  });
});

describe('questions under two topics', () => {
  test('that are the same when folded are an error, with both places', async () => {
    const lines = await check({ 'a.yaml': topicFile('', 'x', ['a b', 'İade ne zaman?']), 'b.yaml': topicFile('', 'x', ['iade NE zaman']) });
    expect(lines).toEqual([line('b.yaml:6:7 error: The same question stands under another topic (a.yaml:7).')]);
  });

  test('that have the same words in another order are warned of', async () => {
    const lines = await check({ 'a.yaml': topicFile('', 'x', ['my refund, when']), 'b.yaml': topicFile('', 'x', ['when my refund']) });
    expect(lines).toEqual([line('b.yaml:6:7 warning: Nearly the same question stands under another topic (a.yaml:6).')]);
  });

  test('that differ only in words which all topics use are warned of; one telling word keeps them apart', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`t${i}.yaml`, topicFile('', 'x', [`the my thing${i} word${i}`])]),
    );
    const lines = await check({
      ...files,
      'x.yaml': topicFile('', 'x', ['refund my card']),
      'y.yaml': topicFile('', 'x', ['refund the card', 'refund the wallet']),
    });
    expect(lines).toEqual([line('y.yaml:6:7 warning: Nearly the same question')]);
  });

  test('twice under one topic is a warning, in two languages no fault', async () => {
    expect(await check({ 'a.yaml': topicFile('', 'x', ['when', 'When?']) })).toEqual([
      line('a.yaml:7:7 warning: The question stands here twice'),
    ]);
    const tr = topicFile('', 'x', ['bonus']).replace('en:', 'tr:');
    expect(
      (await check({ 'a.yaml': topicFile('', 'x', ['bonus']), 'b.yaml': tr })).filter((text) => text.includes('same-question')),
    ).toEqual([]);
  });

  test('a question without a word is warned of', async () => {
    expect(await check({ 'a.yaml': topicFile('', 'x', ['when', '???']) })).toEqual([
      line('a.yaml:7:7 warning: The question holds no word.'),
    ]);
  });
});

describe('names that lead nowhere', () => {
  test('related topics, departments, products', async () => {
    const lines = await check({
      'a.yaml': topicFile('related: [othr, a]\nproduct: casnio'),
      ...other,
      'departments.yaml': '- id: finanse\n  name: { en: Payments }\n- id: finanse\n  name: { en: Payments }\n',
      'desk.yaml': 'products: { casino: true }\n',
    });
    expect(lines).toEqual([
      line('a.yaml:1:13 error: There is no department "finance". — Did you mean "finanse"?'),
      line('a.yaml:3:11 error: There is no topic "othr". — Did you mean "other"?'),
      line('a.yaml:3:17 warning: The topic is related to itself.'),
      line('a.yaml:4:10 error: There is no product "casnio". — Did you mean "casino"?'),
      line('departments.yaml:3:7 error: There are two departments "finanse".'),
      line('other.yaml:1:13 error: There is no department "finance".'),
    ]);
  });

  test('topics that the help shows first', async () => {
    const lines = await check({ 'a.yaml': topicFile('related: [other]'), ...other, 'desk.yaml': 'oftenAsked:\n  - a\n  - othr\n' });
    expect(lines).toEqual([line('desk.yaml:3:5 error: There is no topic "othr". — Did you mean "other"?')]);
  });

  test('variables, with their line, and variables inside of values', async () => {
    const lines = await check({
      'a.yaml': topicFile('', 'From {{brand}}.\n\nAt least {{depositMni}}.'),
      'desk.yaml': 'variables:\n  depositMin: "10"\n  both: "{{depositMin}}"\n',
    });
    expect(lines).toEqual([
      line('a.yaml:11:14 error: Unknown variable {{depositMni}}. — Did you mean {{depositMin}}?'),
      line('desk.yaml:3:9 error: The value of {{both}} holds {{depositMin}}'),
    ]);
  });

  test('a variable that has no value is not proposed in its own place', async () => {
    const lines = await check({ 'a.yaml': topicFile('', 'Call {{helpLine}}, {{crisisLin}}.'), 'desk.yaml': 'variables: {}\n' });
    expect(lines).toEqual([
      line('Unknown variable {{helpLine}}. — Add "helpLine: …" to the variables in desk.yaml.'),
      line('Unknown variable {{crisisLin}}. — Did you mean {{crisisLine}}?'),
    ]);
  });

  test('pictures that are not there or not described', async () => {
    const media = 'media: [{ file: x.png, alt: { en: A form } }, { file: y.png, alt: {} }]';
    expect(await check({ 'a.yaml': topicFile(media), 'media/y.png': 'png' })).toEqual([
      line('a.yaml:3:17 error: There is no file media/x.png.'),
      line('a.yaml:3:62 warning: The picture has no description in en.'),
    ]);
  });
});

describe('dates', () => {
  test.each([
    ['validUntil: 2026-06-14', 'warning: The topic ended on 2026-06-14'],
    ['reviewBy: 2026-06-14', 'warning: The topic was to be read again by 2026-06-14'],
    ['validFrom: 2026-07-01\nvalidUntil: 2026-06-30', 'error: The topic ends (2026-06-30) before it begins'],
  ])('%s', async (head, expected) => {
    expect(await check({ 'a.yaml': topicFile(head) })).toEqual([line(expected)]);
  });

  test('a last day that is today is no fault', async () => {
    expect(await check({ 'a.yaml': topicFile('validUntil: 2026-06-15\nreviewBy: 2026-06-15') })).toEqual([]);
  });
});

describe('facts that one language tells and another does not', () => {
  const both = (en: string, tr: string) => topicFile('', en) + topicFile('', tr, ['ne zaman', 'kaç gün']).replace(/[\s\S]*en:/, 'tr:');
  const desk = 'brand: Demo\nvariables:\n  hours: "24"\n';
  const said = (lines: string[]) => lines.map((one) => one.replace(/ —.*/, ''));

  test('a variable, a linked page and a number are missed where others have them', async () => {
    const lines = await check({
      'a.yaml': both('Wait {{hours}} hours, see https://a.example/en/help. Try 15 minutes later.', 'Bekleyin. 10 dakika sonra deneyin.'),
      'desk.yaml': desk,
    });
    expect(said(lines)).toEqual([
      line('a.yaml:8:11 warning: The answer lacks 10, which tr has.'),
      line('a.yaml:15:11 warning: The answer lacks {{hours}}, which en has.'),
      line('a.yaml:15:11 warning: The answer lacks https://a.example/help, which en has.'),
      line('a.yaml:15:11 warning: The answer lacks 15, which en has.'),
    ]);
  });

  test('the same number is written by each language in its own way, and one may write it out', async () => {
    expect(
      await check({
        'a.yaml': both('1. Pay 1,000.50 in 3D, {{brand}}.\n2. Or 1.5 at most.', '1. 1.000,50 ödeyin.\n2. En çok 1,5.'),
        'desk.yaml': desk,
      }),
    ).toEqual([]);
    expect(
      await check({ 'a.yaml': both('Wait 24 hours: https://a.example/en/x', 'Yirmi dört saat bekleyin: https://a.example/tr/x') }),
    ).toEqual([]);
  });
});

describe('answers', () => {
  test('longer than a chat shows, with variables filled in', async () => {
    const desk = `variables:\n  long: ${'x'.repeat(1300)}\n`;
    expect(await check({ 'a.yaml': topicFile('', '{{long}}'), 'desk.yaml': desk })).toEqual([
      line('a.yaml:8:11 warning: The answer has 1300 characters'),
    ]);
  });

  test.each([
    ['## Steps', 'a heading'],
    ['a <b>word</b>', 'HTML'],
    ['> said', 'a quotation'],
    ['a\n\n| a | b |\n|---|---|\n| c | d |', 'a table'],
    ['an ![image](https://a.example/x.png)', 'an image'],
    ['the `code`', 'code'],
  ])('with %j hold Markdown that channels do not show', async (answer, what) => {
    expect(await check({ 'a.yaml': topicFile('', answer) })).toContainEqual(line(`warning: The text holds ${what}`));
  });

  test('with a link that channels refuse, at its place', async () => {
    const lines = await check({ 'a.yaml': topicFile('', 'One.\n\nSee [this](/help) and [that](https://a.example).') });
    expect(lines).toEqual([line('a.yaml:11:9 error: The text holds a link to "/help"')]);
  });

  test('for one channel are checked too', async () => {
    expect(await check({ 'a.yaml': topicFile('channels: { email: { en: "{{nothing}}" } }') })).toEqual([
      line('a.yaml:3:27 error: Unknown variable {{nothing}}'),
    ]);
  });
});

describe('ways around a block', () => {
  test.each([
    'Our new address is a.example.',
    'Try the mirror site.',
    'Change the DNS of your phone.',
    'We do not give VPN advice.',
    'Yeni giriş adresimiz budur.',
    'Güncel adresimiz için takipte kalın.',
    "DNS'inizi değiştirin.",
    'Bir proxy kullanın.',
    'Ayna siteyi deneyin.',
    'Yeni ünvanımız budur.',
    'Güzgü saytdan daxil olun.',
    'Proksi ilə açın.',
    'Рабочее зеркало тут.',
  ])('%s', async (answer) => {
    expect(await check({ 'a.yaml': topicFile('', `Hello.\n${answer}`) })).toEqual([
      line('a.yaml:10:5 warning: The text names a way around a block'),
    ]);
  });

  test.each([
    'Write from your new e-mail address.',
    'Yeni e-posta adresinizi yazın.',
    'Yeni adresin veya numaranın size ait olması gerekir.',
    'Bir proof of current address yükleyin.',
    'Kur farkı bankanızdan kaynaklanır.',
    'Yeni e-poçt ünvanınızı yazın.',
  ])('not meant: %s', async (answer) => {
    expect(await check({ 'a.yaml': topicFile('', answer) })).toEqual([]);
  });

  test('in a question are what people ask, no fault', async () => {
    expect(await check({ 'a.yaml': topicFile('', 'x', ['which vpn works']) })).toEqual([]);
  });

  test.each([
    ['above the file', (file: string) => `# yaml-language-server: $schema=x\n# kb-check: allow length, way-in\n\n${file}`],
    ['above the language', (file: string) => file.replace('en:', '# kb-check: allow way-in\nen:')],
    ['above the answer', (file: string) => file.replace('  answer', '  # kb-check: allow way-in\n  answer')],
    ['behind the answer', (file: string) => file.replace('answer: |', 'answer: | # kb-check: allow way-in')],
  ])('are allowed by a comment %s', async (_place, edit) => {
    expect(await check({ 'a.yaml': edit(topicFile('', 'No VPN.')) })).toEqual([]);
  });

  test('are not allowed by a comment that stands elsewhere or names another rule, and errors by none', async () => {
    const file = topicFile('', 'No VPN {{x}}.');
    expect(await check({ 'a.yaml': file.replace('  title', '  # kb-check: allow way-in\n  title') })).toHaveLength(2);
    expect(await check({ 'a.yaml': file.replace('  answer', '  # kb-check: allow length\n  answer') })).toHaveLength(2);
    expect(await check({ 'a.yaml': file.replace('  answer', '  # kb-check: allow variable, way-in\n  answer') })).toEqual([
      line('error: Unknown variable'),
    ]);
  });
});

test('a topic that its own questions do not find', async () => {
  const search = { match: (text: string) => ({ topics: [{ id: text === 'when' || text === 'what else' ? 'other' : 'a' }] }) };
  expect(await check({ 'a.yaml': topicFile(), ...other }, { search })).toEqual([
    line('a.yaml:5:3 warning: 1 of its 2 questions in en find another topic first ("when" finds other).'),
  ]);
});

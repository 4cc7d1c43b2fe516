import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultLine } from '../../src/kb/fault.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import { folder, put, topicFile } from './folder.ts';

async function faultsOf(files: Record<string, string | Uint8Array>): Promise<string[]> {
  const { faults } = await loadKnowledge(await folder(files));
  return faults.map(faultLine);
}

describe('a mistake is told once, where it was made', () => {
  test.each([
    [
      'a tab',
      'en:\n\ttitle: A\n  answer: b\n',
      ['a.yaml:2:1 error: Tabs are not allowed as indentation — Replace the tab by spaces. [yaml]'],
    ],
    [
      'a quote that nothing closes',
      'en:\n  title: "How long\n  questions: [a]\n',
      [expect.stringMatching(/^a\.yaml:2:10 error: Missing closing "quote/)],
    ],
    [
      'a text that begins with a variable',
      'en:\n  answer: {{time}} it takes\n',
      [expect.stringMatching(/^a\.yaml:2:20 error: .*double quotes/)],
    ],
  ])('%s', async (_, text, lines) => {
    expect(await faultsOf({ 'a.yaml': text, 'b.yaml': topicFile() })).toEqual(lines);
  });

  test('a day of the week in another language: the days are named', async () => {
    const hours = '- id: finance\n  name: { en: F }\n  hours: { zone: Asia/Baku, week: { pzt: ["09:00-18:00"] } }\n';
    expect(await faultsOf({ 'a.yaml': topicFile(), 'departments.yaml': hours })).toEqual([
      expect.stringMatching(/Unknown key "pzt"\. — Known here: mon, tue, wed, thu, fri, sat, sun\./),
    ]);
  });

  test('a file that an editor on Windows named .yaml.txt', async () => {
    expect(await faultsOf({ 'a.yaml': topicFile(), 'b.yaml.txt': topicFile() })).toEqual([
      'b.yaml.txt:1:1 warning: The file is not read. — Let it be a regular file whose name ends in .yaml. [file-name]',
    ]);
  });
});

describe('a folder that is in order', () => {
  test('gives its topics under their paths, with defaults', async () => {
    const { knowledge, faults } = await loadKnowledge(
      await folder({ 'payments/out/time.yaml': topicFile('related: [other]'), 'other.yaml': topicFile() }),
    );
    expect(faults).toEqual([]);
    expect([...knowledge.topics.keys()]).toEqual(['other', 'payments/out/time']);
    expect(knowledge.topics.get('payments/out/time')).toMatchObject({
      department: 'finance',
      policy: 'answer',
      related: ['other'],
      enabled: true,
      urgency: 'normal',
      protects: false,
      channels: {},
      media: [],
      texts: { en: { title: 'Time', questions: ['how long', 'when'], answer: 'Wait an hour.' } },
    });
  });

  test('needs no settings files: languages are those of the topics, any department goes', async () => {
    const { knowledge, faults } = await loadKnowledge(
      await folder({ 'a.yaml': topicFile().replace('en:', 'pt-BR:'), 'b.yaml': topicFile().replace('en:', 'kk:') }),
    );
    expect(faults).toEqual([]);
    expect(knowledge.languages).toEqual(['kk', 'pt-BR']);
    expect(knowledge.departments).toEqual([]);
    expect(knowledge.desk).toMatchObject({ brand: 'Destek', defaultLanguage: 'kk', quietMs: 800, crisisLine: '112', variables: {} });
  });

  test('takes languages and their order from desk.yaml, the default first', async () => {
    const desk = 'languages: [en, tr]\ndefaultLanguage: tr\n';
    const { knowledge } = await loadKnowledge(await folder({ 'a.yaml': topicFile(), 'desk.yaml': desk }));
    expect(knowledge.languages).toEqual(['tr', 'en']);
  });

  test('switches off the topics of a product that is not offered', async () => {
    const files = {
      'a.yaml': topicFile('product: casino'),
      'b.yaml': topicFile('product: sport'),
      'desk.yaml': 'products: { casino: false, sport: true }',
    };
    const { knowledge } = await loadKnowledge(await folder(files));
    expect([...knowledge.topics.values()].map(({ enabled }) => enabled)).toEqual([false, true]);
  });

  test('leaves out media, hidden files and what is no YAML', async () => {
    const files = { 'a.yaml': topicFile(), 'media/x.yaml': '?', '.git/y.yaml': '?', 'README.md': '#', 'b/.c.yaml': '?' };
    const { knowledge, faults } = await loadKnowledge(await folder(files));
    expect([...knowledge.topics.keys()]).toEqual(['a']);
    expect(faults).toEqual([]);
  });

  test('has a version that follows its content, not its place', async () => {
    const version = async (files: Record<string, string>) => (await loadKnowledge(await folder(files))).knowledge.version;
    const one = await version({ 'a.yaml': topicFile() });
    expect(await version({ 'a.yaml': topicFile() })).toBe(one);
    expect(await version({ 'b.yaml': topicFile() })).not.toBe(one);
    expect(await version({ 'a.yaml': topicFile('', 'Wait.') })).not.toBe(one);
    expect(await version({ 'a.yaml': topicFile(), 'desk.yaml': 'quietMs: 900' })).not.toBe(one);
  });

  test('may be made of links, as containers mount it', async () => {
    const real = await folder({ 'payments/a.yaml': topicFile(), 'b.yaml': topicFile() });
    const dir = await folder({});
    await symlink(join(real, 'payments'), join(dir, 'payments'));
    await symlink(join(real, 'b.yaml'), join(dir, 'b.yaml'));
    const { knowledge, faults } = await loadKnowledge(dir);
    expect([...knowledge.topics.keys()]).toEqual(['b', 'payments/a']);
    expect(faults).toEqual([]);
  });
});

describe('faults', () => {
  test('of all files come at once, each with place and remedy, and the valid topics are there', async () => {
    const dir = await folder({
      'good.yaml': topicFile(),
      'one.yaml': 'department: support\npolcy: answer\nen:\n  title: x\n  questions:\n    - how: now\n    - 12\n  answer: y\n',
      'two.yaml': topicFile('urgency: hihg\nvalidFrom: 2026-13-01'),
      'departments.yaml': '- id: a\n  nam: { en: A }\n',
      'desk.yaml': 'quietMs: fast\nlinks:\n  privacy: javascript:alert(1)\n',
    });
    const { knowledge, faults } = await loadKnowledge(dir);
    expect([...knowledge.topics.keys()]).toEqual(['good']);
    expect(faults.map(faultLine)).toEqual([
      'departments.yaml:1:3 error: "[1].name" is missing. — Add "name: …". [missing]',
      'departments.yaml:2:3 error: Unknown key "nam". — Did you mean "name"? [unknown-key]',
      expect.stringContaining('desk.yaml:1:10 error: "quietMs" must be a number, not "fast".'),
      expect.stringContaining('desk.yaml:3:12 error: "links.privacy" must be an address that begins with https://.'),
      'one.yaml:1:1 error: "policy" is missing. — Add "policy: …". [missing]',
      'one.yaml:2:1 error: Unknown key "polcy". — Did you mean "policy"? [unknown-key]',
      expect.stringContaining('one.yaml:6:7 error: "en.questions[1]" must be a text, not a group of keys. — Put the text in double quotes'),
      expect.stringContaining('one.yaml:7:7 error: "en.questions[2]" must be a text, not 12.'),
      'two.yaml:3:10 error: "urgency" must be normal or high or top, not "hihg". — Did you mean "high"? [invalid]',
      expect.stringContaining('two.yaml:4:12 error: "validFrom" must be a day such as 2026-03-31.'),
    ]);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['a key twice', 'department: a\ndepartment: b\n', /:2:1 error: Map keys must be unique/],
    ['a tab', 'en:\n\ttitle: x\n', /:2:1 error: Tabs are not allowed/],
    ['an open quote', 'en:\n  title: "x\n', /error: .*quote/i],
    ['two documents', `${topicFile()}---\n${topicFile()}`, /error: .*Remove the second ---/],
    ['an empty file', '', /:1:1 error: The file is empty/],
    ['only a comment', '# later\n', /error: The file is no topic/],
    ['a list', '- a\n- b\n', /error: The file is no topic/],
    ['a bare text', 'hello', /error: The file is no topic/],
    ['no language', 'department: a\npolicy: answer\n', /error: The topic has no language/],
    ['a language in capitals', topicFile().replace('en:', 'EN:'), /:3:1 error: Unknown key "EN". — Did you mean "en"/],
    ['an alias to nothing', 'en: *title\n', /error: .*alias/i],
    ['aliases that explode', bomb(), /error: /],
    ['Windows-1254', Buffer.from('department: a\n# \xdeifre\n', 'latin1'), /:2:1 error: The file is not UTF-8/],
    ['UTF-16', Buffer.from('\ufeffdepartment: a', 'utf16le'), /error: The file is UTF-16/],
    ['NUL', 'department: a\0', /:1:1 error: The file holds a NUL byte/],
    ['5 MB', 'a'.repeat(5_000_000), /error: The file has 4\.8 MB/],
    ['an empty answer', topicFile('', ' '), /error: "en.answer" is empty/],
    ['no questions', topicFile('', 'x', []).replace('questions:', 'questions: []'), /error: "en.questions" is an empty list/],
    [
      'a file outside of media',
      topicFile('media: [{ file: ../../etc/passwd, alt: { en: x } }]'),
      /error: "media\[1\].file" must be a file inside media/,
    ],
    ['a prototype key', `__proto__: { a: 1 }\n${topicFile()}`, /error: Unknown key "__proto__"/],
  ])('%s is a clear fault, never a crash', async (_name, content, expected) => {
    const lines = await faultsOf({ 'x.yaml': content });
    expect(lines.join('\n')).toMatch(expected);
  });

  test('a byte order mark is only warned of', async () => {
    const { knowledge, faults } = await loadKnowledge(await folder({ 'x.yaml': `\ufeff${topicFile()}` }));
    expect(knowledge.topics.size).toBe(1);
    expect(faults.map(({ severity, rule }) => [severity, rule])).toEqual([['warning', 'encoding']]);
  });

  test('a file named .yml is not overlooked in silence', async () => {
    expect(await faultsOf({ 'a.yaml': topicFile(), 'x.yml': topicFile() })).toEqual([
      expect.stringMatching(/^x\.yml:1:1 warning: .*\.yaml/),
    ]);
  });

  test('links in a circle and to nowhere', async () => {
    const dir = await folder({ 'a/x.yaml': topicFile() });
    await symlink('..', join(dir, 'a', 'up'));
    await symlink('gone', join(dir, 'a', 'dead.yaml'));
    await symlink('self.yaml', join(dir, 'a', 'self.yaml'));
    const { knowledge, faults } = await loadKnowledge(dir);
    expect([...knowledge.topics.keys()]).toEqual(['a/x']);
    expect(faults.map(({ file, fault }) => [file, fault])).toEqual([
      ['a/dead.yaml', 'The link leads nowhere.'],
      ['a/self.yaml', 'The link leads in a circle.'],
      ['a/up', 'The link leads in a circle.'],
    ]);
  });

  test('no folder, an empty folder, a file instead of a folder', async () => {
    const dir = await folder({ 'a.yaml': topicFile() });
    expect((await loadKnowledge(join(dir, 'none'))).faults).toMatchObject([
      { severity: 'error', rule: 'unreadable', remedy: expect.stringContaining('KNOWLEDGE_DIR') },
    ]);
    expect((await loadKnowledge(join(dir, 'a.yaml'))).faults).toMatchObject([{ severity: 'error', rule: 'folder' }]);
    expect((await loadKnowledge(await folder({}))).faults).toMatchObject([{ severity: 'error', rule: 'folder' }]);
  });

  test('a bracket that is not closed is to be closed, wherever the parser noticed', async () => {
    for (const text of ['department: [a\npolicy: answer\n', 'department: { a: b\npolicy: answer\n']) {
      const { faults } = await loadKnowledge(await folder({ 'good.yaml': topicFile(), 'x.yaml': text }));
      expect(faults).toMatchObject([{ file: 'x.yaml', rule: 'yaml', remedy: expect.stringContaining('close') }]);
    }
  });

  test('any bytes load without a throw, and every fault has a place', async () => {
    const dir = await folder({});
    const yamlish = fc.array(
      fc.constantFrom(
        'en',
        ':',
        ' ',
        '\n',
        '- ',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '|',
        '>',
        '&a',
        '*a',
        '!!x',
        '%',
        '\t',
        '#',
        'title',
        'ş',
        '<<',
      ),
    );
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      yamlish.map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        await put(dir, { 'x.yaml': bytes });
        const { faults } = await loadKnowledge(dir);
        for (const { line, column, fault, remedy } of faults) expect(line >= 1 && column >= 1 && fault && remedy).toBeTruthy();
      }),
      { numRuns: 300 },
    );
  });
});

/** YAML whose aliases would grow to 10^9 texts. */
function bomb(): string {
  const rows = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [at, name] of [...'bcdefghi'].entries()) rows.push(`${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[at]}`).join(', ')}]`);
  return rows.join('\n');
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readMail } from '../../../src/bots/email/mail.ts';
import type { Mailbox } from '../../../src/bots/email/settings.ts';
import { createTokens } from '../../../src/bots/email/token.ts';
import { type Fact, understand } from '../../../src/bots/email/understand.ts';
import { support } from './mail-app.ts';

// Replies, new mails, notices as programs write them, each a file of its own; expected.json says what a person would take from them.
const folder = path.join(import.meta.dirname, 'corpus');
const expected: Record<string, { text?: string; silent?: string }> = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8'));
const names = Object.keys(expected);
const mailbox = { address: support, from: { name: 'Demobet', address: support } } as Mailbox;
const tokens = createTokens((use) => Buffer.from(`a key for ${use}`));

async function read(name: string): Promise<Extract<Fact, { fact: 'message' }>> {
  const source = readFileSync(path.join(folder, name));
  const fact = understand(await readMail(source), source, { mailbox, own: [support], tokens });
  if (fact.fact !== 'message') throw new Error(`${fact.fact}`);
  return fact;
}

describe('what people wrote, out of what their programs sent', () => {
  test.each(names.filter((name) => expected[name]?.text !== undefined))('%s', async (name) => {
    const { message } = await read(name);
    expect(message.silent).toBeUndefined();
    // A reply that joins its thread is its own words; here none does, so the subject stands before it.
    const own =
      /-(reply|inline|thanks|number)\.eml$/.test(name) && message.subject
        ? message.text.replace(`${message.subject}\n\n`, '')
        : message.text;
    expect(own).toBe(expected[name]?.text);
  });

  test('the whole mail stays to be seen', async () => {
    const { message } = await read(names.find((name) => name.includes('gmail-web-tr-reply')) ?? '');
    expect(message.full).toContain('Withdrawals take up to 24 hours.');
  });
});

describe('programs get no answer', () => {
  test.each(names.filter((name) => expected[name]?.silent))('%s', async (name) => {
    expect((await read(name)).message.silent).toBe(expected[name]?.silent);
  });
});

test('the corpus has replies and notices of more than forty programs and languages', () => {
  const combinations = new Set(
    names.filter((name) => !name.includes('charset')).map((name) => /^\d+-(.*)-(\w\w)-\w+\.eml$/.exec(name)?.slice(1).join(' ')),
  );
  expect(combinations.size).toBeGreaterThanOrEqual(40);
});

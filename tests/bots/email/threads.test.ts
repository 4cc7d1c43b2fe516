import { expect, test } from 'vitest';
import { readAddress } from '../../../src/bots/email/address.ts';
import { readMail } from '../../../src/bots/email/mail.ts';
import type { Mailbox } from '../../../src/bots/email/settings.ts';
import { createTokens } from '../../../src/bots/email/token.ts';
import { understand } from '../../../src/bots/email/understand.ts';
import { support } from './mail-app.ts';

const tokens = createTokens((use) => Buffer.from(`a key for ${use}`));
const mailbox = { address: support } as Mailbox;
const place = { mailbox: support, sender: 'ada@client.example', thread: 'abcdefghijklmnop' };
const ours = tokens.messageId(place, '17.0');
let made = 0;

async function factOf(head: string, sender = place.sender) {
  const source = Buffer.from(
    `From: ${sender}\r\nTo: ${support}\r\nSubject: Re: Money\r\nMessage-ID: <${++made}@client.example>\r\n${head}\r\nhello\r\n`,
  );
  return understand(await readMail(source), source, { mailbox, own: [support], tokens });
}
async function threadOf(head: string, sender?: string): Promise<string> {
  const fact = await factOf(head, sender);
  if (fact.fact !== 'message') throw new Error(fact.fact);
  return readAddress(fact.address).thread;
}

test.each([
  ['as programs answer', `In-Reply-To: ${ours}\r\nReferences: ${tokens.threadId(place)} <q@client.example> ${ours}\r\n`],
  ['whose program overwrote References (Apple Mail)', `In-Reply-To: ${ours}\r\nReferences: <other@client.example>\r\n`],
  ['whose program names only what it answers', `In-Reply-To: ${ours}\r\n`],
  [
    'to a mail that a relay gave another Message-ID',
    `In-Reply-To: <new@relay.example>\r\nReferences: ${tokens.threadId(place)} <new@relay.example>\r\n`,
  ],
])('an answer %s joins its thread', async (_, head) => {
  expect(await threadOf(head)).toBe(place.thread);
});

test('a thread is joined by our signed token and its own sender alone', async () => {
  expect(await threadOf(`In-Reply-To: ${ours}\r\nReferences: ${tokens.threadId(place)}\r\n`, 'eve@client.example')).not.toBe(place.thread);
  expect(await threadOf(`In-Reply-To: ${ours.replace('abcdefghijklmnop', 'bbcdefghijklmnop')}\r\n`)).not.toBe('bbcdefghijklmnop');
  expect(await threadOf('References: <q@client.example>\r\n')).not.toBe(place.thread);
});

test('Thread-Index and Thread-Topic thread nothing: Outlook gives strangers the same', async () => {
  const head = 'Thread-Index: AdyZ1aBcDeFgHiJkLmNoPqRsTuVwXw==\r\nThread-Topic: Money\r\n';
  expect(await threadOf(head)).not.toBe(await threadOf(head));
});

test('our own mail is known by its mark alone, whoever sends it on', async () => {
  const mark = `X-Destek: ${tokens.mark(`<${made + 1}@client.example>`)}\r\n`;
  expect(await factOf(mark)).toEqual({ fact: 'none', why: 'own-mail' });
  // Of another mail: anybody can copy it.
  expect((await factOf(mark)).fact).toBe('message');
});

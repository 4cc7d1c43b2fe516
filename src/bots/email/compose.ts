import { html } from '../../conversation/html.ts';
import { parseMarkup } from '../../conversation/markup.ts';
import type { Message } from '../../conversation/message.ts';
import { plainText } from '../../conversation/plain-text.ts';
import type { Place } from './address.ts';
import type { Mailbox } from './settings.ts';
import { readSubject } from './subject.ts';
import type { Tokens } from './token.ts';

/** All that a mail of ours is made from. */
export interface Writing {
  place: Place;
  mailbox: Mailbox;
  tokens: Tokens;
  /** Same for every attempt. */
  id: string;
  at: Date;
  author: 'bot' | 'agent' | 'system';
  /** In the Markdown subset. */
  text: string;
  /** Under what the bot says: how to answer. */
  footer?: string;
  language: string;
  /** Open ticket, for the subject. */
  ticket?: string;
  /** Subject where nobody ever gave one. */
  noSubject: string;
  /** What stands in the conversation so far, oldest first. */
  history: Pick<Message, 'author' | 'externalId' | 'body'>[];
}

/** A mail as nodemailer takes it. */
export interface Composed {
  messageId: string;
  from: { name: string; address: string };
  to: string;
  envelope: { from: string; to: string };
  subject: string;
  inReplyTo?: string;
  references: string[];
  date: Date;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** Writes a mail: a pure function, so that a repeat is the same mail under the same Message-ID. */
export function compose(writing: Writing): Composed {
  const { place, mailbox, tokens, text, footer, language } = writing;
  const messageId = tokens.messageId(place, writing.id);
  const asked = writing.history.flatMap((each) => (each.author === 'contact' ? messageIdOf(each.externalId) : []));
  const markup = parseMarkup(text);
  const small = footer ? parseMarkup(footer) : [];
  const automatic = writing.author !== 'agent';
  return {
    messageId,
    from: mailbox.from,
    to: place.sender,
    // Reports of failure come back to the mailbox, which reads them.
    envelope: { from: mailbox.address, to: place.sender },
    subject: subjectOf(writing),
    inReplyTo: asked.at(-1),
    references: [tokens.threadId(place), ...asked.slice(-20)],
    date: writing.at,
    text: [plainText(markup), footer ? `-- \n${plainText(small)}` : ''].filter(Boolean).join('\n\n'),
    html: page(language, `${html(markup)}${footer ? `<hr style="${ruleStyle}">${html(small)}` : ''}`),
    headers: {
      'X-Destek': tokens.mark(messageId),
      'Content-Language': language,
      ...(automatic ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {}),
    },
  };
}

const ruleStyle = 'border:0;border-top:1px solid #ccc;margin:1.5em 0 .5em';

function page(language: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head><body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;max-width:40em">${body}</body></html>`;
}

function subjectOf({ history, ticket, noSubject }: Writing): string {
  const first = history.find((each) => each.author === 'contact' && subjectIn(each.body));
  const subject = (first && readSubject(subjectIn(first.body) ?? '').text) || noSubject;
  return `Re: ${subject.replace(/[\p{C}\u2028\u2029]+/gu, ' ')}${ticket ? ` [${ticket}]` : ''}`;
}

const subjectIn = (body: Message['body']) => ('subject' in body ? body.subject : undefined);

/** A contact's message is kept under `identity <message-id>`. Only what can be no header of its own is repeated. */
function messageIdOf(externalId: string | null): string[] {
  const id = externalId?.split(' ')[1];
  return id && /^<[\x21-\x7e]{1,240}>$/.test(id) ? [id] : [];
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Place } from './address.ts';

/** What only we can write: reply tokens in our Message-IDs, and the mark by which we know our own mail. */
export interface Tokens {
  /** Message-ID of a mail of ours, the same for every attempt: `<thread.signature.id@domain>`. */
  messageId(place: Place, id: string): string;
  /** Stands first in References: it comes back even where a relay gave our mail another Message-ID. */
  threadId(place: Place): string;
  /** The thread of the first of these Message-IDs that we made for this mailbox and this sender. */
  findThread(ids: string[], mailbox: string, sender: string): string | undefined;
  /** Value of our header, bound to the Message-ID. */
  mark(messageId: string): string;
  isMark(value: string, messageId: string | undefined): boolean;
  /** Key of the thread that a mail opens. */
  newThread(mailbox: string, sender: string, identity: string): string;
}

/** Message-IDs of ours anywhere in a text. */
export const ownIds = /<[a-z2-7]{16}\.[a-z2-7]{26}(\.[\w.-]{1,40})?@[^\s<>@]{1,200}>/g;

/** `key`: secret for a use. */
export function createTokens(key: (use: string) => Buffer): Tokens {
  const replyKey = key('reply-token');
  const markKey = key('own-mail');
  const threadKey = key('thread');
  const sign = ({ mailbox, sender, thread }: Place) => code(replyKey, [mailbox, sender, thread].join(' ')).slice(0, 26);
  const write = (place: Place, rest: string) => `<${place.thread}.${sign(place)}${rest}@${place.mailbox.split('@')[1] ?? 'localhost'}>`;

  return {
    messageId: (place, id) => write(place, `.${id.replace(/[^\w.-]/g, '')}`),
    threadId: (place) => write(place, ''),
    findThread(ids, mailbox, sender) {
      for (const id of ids.slice(0, 100)) {
        const [, thread = '', signature = ''] = /^<([a-z2-7]{16})\.([a-z2-7]{26})[.@]/.exec(id) ?? [];
        if (thread && same(signature, sign({ mailbox, sender, thread }))) return thread;
      }
      return undefined;
    },
    mark: (messageId) => code(markKey, messageId),
    isMark: (value, messageId) => messageId !== undefined && same(value.trim(), code(markKey, messageId)),
    newThread: (mailbox, sender, identity) => code(threadKey, [mailbox, sender, identity].join(' ')).slice(0, 16),
  };
}

/** Base32 in lower case, because some programs change the case of Message-IDs. */
function code(key: Buffer, text: string): string {
  const bits = [...createHmac('sha256', key).update(text).digest()].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)]).join('');
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import type { CallbackQuery, Message, Update, User } from 'telegraf/types';
import type { Origin } from '../../conversation/channel.ts';
import { writeAddress } from './address.ts';
import { labelOf } from './choices.ts';
import { commandNames } from './commands.ts';
import { filesOf, type InboundFile } from './files.ts';
import { isForMe, isUnsupported, type Me, quotedBy, startToken, textOf, withoutMe } from './text.ts';

/** What somebody wrote, with what came along. */
interface Written {
  origin: Origin;
  id: string;
  text: string;
  files: InboundFile[];
  at: number;
  unsupported: boolean;
  quoted?: string;
}

/** What an update, or the updates of one album, say. */
export type Fact =
  | ({ fact: 'message'; link?: string } & Written)
  /** The whole message as it reads now. An album's text is only part of it, so it never stands for the message. */
  | ({ fact: 'edited'; album: boolean } & Written)
  | {
      fact: 'press';
      origin: Origin;
      query: string;
      chat: number;
      message: number;
      data: string;
      label: string;
      markup: Markup;
      mine: boolean;
    }
  | { fact: 'moved'; from: number; to: number }
  | { fact: 'unreachable'; address: string; code: string };

type Markup = Message.CommonMessage['reply_markup'];

/** Reads one update, or all of an album; undefined where it concerns nobody (service messages, others' talk in a group). Pure. */
export function parse(updates: Update[], me: Me): Fact | undefined {
  const [update] = updates;
  if (!update) return undefined;
  if ('message' in update)
    return readMessage(
      updates.flatMap((each) => ('message' in each ? [each.message] : [])),
      me,
    );
  if ('edited_message' in update) return readEdit(update.edited_message, me);
  if ('callback_query' in update) return readPress(update.callback_query);
  if ('my_chat_member' in update) {
    const { chat, new_chat_member } = update.my_chat_member;
    // In groups it concerns nobody in particular; whoever is answered there later is found unreachable then.
    if (chat.type === 'private' && new_chat_member.status === 'kicked')
      return { fact: 'unreachable', address: writeAddress({ chat: chat.id }), code: 'blocked' };
  }
  return undefined;
}

function readMessage(messages: Message[], me: Me): Fact | undefined {
  const first = messages[0] as Message;
  if ('migrate_to_chat_id' in first) return { fact: 'moved', from: first.chat.id, to: first.migrate_to_chat_id };
  if ('migrate_from_chat_id' in first) return { fact: 'moved', from: first.migrate_from_chat_id, to: first.chat.id };
  const content = readContent(messages, me);
  return content && { fact: 'message', ...content };
}

function readEdit(message: Message, me: Me): Fact | undefined {
  const album = 'media_group_id' in message;
  // A live location moves every few seconds; an album's picture without words says nothing about the album's.
  if ('location' in message || (album && textOf(message) === undefined)) return undefined;
  const content = readContent([message], me);
  return content && { fact: 'edited', ...content, album };
}

function readContent(messages: Message[], me: Me) {
  const first = messages[0] as Message;
  const { from, chat } = first;
  if (!from || from.is_bot || chat.type === 'channel') return undefined;
  const inGroup = chat.type !== 'private';
  if (inGroup && !messages.some((message) => isForMe(message, me, commandNames))) return undefined;
  const texts = messages.map(textOf).filter((text) => text !== undefined);
  const files = messages.flatMap(filesOf);
  const unsupported = messages.some(isUnsupported);
  if (texts.length === 0 && files.length === 0 && !unsupported) return undefined;
  const text = texts.join('\n');
  return {
    origin: originOf(from, first),
    id: messageId(first),
    text: inGroup ? withoutMe(text, me) : text,
    files,
    at: first.date * 1000,
    unsupported,
    quoted: quotedBy(first),
    link: inGroup ? undefined : startToken(first),
  };
}

function readPress(query: CallbackQuery): Fact | undefined {
  const { message, from, id } = query;
  if (!message || !('data' in query) || from.is_bot) return undefined;
  const markup = 'reply_markup' in message ? message.reply_markup : undefined;
  const asked = 'reply_to_message' in message ? message.reply_to_message?.from : undefined;
  return {
    fact: 'press',
    origin: originOf(from, message as Message),
    query: id,
    chat: message.chat.id,
    message: message.message_id,
    data: query.data,
    label: labelOf(query.data, markup),
    markup,
    mine: message.chat.type === 'private' || !asked || asked.id === from.id,
  };
}

function originOf(from: User, { chat, ...message }: Message): Origin {
  const topic = 'is_topic_message' in message && message.is_topic_message ? message.message_thread_id : undefined;
  return {
    address: writeAddress(chat.type === 'private' ? { chat: chat.id } : { chat: chat.id, author: from.id, topic }),
    contact: { name: [from.first_name, from.last_name].filter(Boolean).join(' '), language: from.language_code },
  };
}

// A group that becomes a supergroup counts its messages anew, under the addresses of before.
function messageId({ chat, message_id }: Message): string {
  return chat.type === 'private' ? String(message_id) : `${chat.id}:${message_id}`;
}

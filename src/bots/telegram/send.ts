import type { InlineKeyboardButton, Opts } from 'telegraf/types';
import { type Channel, type Host, type Position, RetryLater } from '../../conversation/channel.ts';
import { parseMarkup } from '../../conversation/markup.ts';
import type { Message, Reply } from '../../conversation/message.ts';
import { plainText } from '../../conversation/plain-text.ts';
import { cutText } from '../../cut-text.ts';
import { pause } from '../../pause.ts';
import { type Place, readAddress, writeAddress } from './address.ts';
import { keyboard } from './choices.ts';
import type { Call } from './client.ts';
import { codeOf, readFailure, sendFault } from './failure.ts';
import { format } from './format.ts';
import { createSendMedia, maxCaption } from './media.ts';
import { rememberMoved } from './moved.ts';
import type { Pace } from './pace.ts';
import type { Me } from './text.ts';

/** A place in the queue that comes so soon is waited for; one that comes later is asked for again. Milliseconds. */
const worthWaiting = 2_000;
/** Shows that more is coming while a long answer's next part waits for its place. */
const showTypingFrom = 300;

type SendMessage = Opts<'sendMessage'>;

/** Sends replies at the pace that Telegram allows. */
export function createSend(parts: { host: Host; call: Call; me(): Promise<Me>; pace: Pace }): Channel['send'] {
  const { host, call, me, pace } = parts;
  const sendMedia = createSendMedia({ call, host });

  return async (address, reply, { attempt }) => {
    const place = readAddress(address);
    await takePlace(place.chat);
    try {
      const choices = reply.type === 'choices' ? keyboard(reply.choices) : [];
      const around = place.author === undefined ? { choices } : await inGroup(address, place, choices);
      if (reply.type === 'attachment') return { externalId: await sendFiles(place, reply, around) };
      const message = { chat_id: place.chat, message_thread_id: place.topic, ...format(reply.text), ...dress(around) };
      return { externalId: await send(message, reply.text, place) };
    } catch (error) {
      throw await explain(error, address, attempt);
    }
  };

  async function takePlace(chat: number): Promise<void> {
    const wait = pace.reserve(chat, worthWaiting);
    if (wait > worthWaiting) throw new RetryLater(wait, 'more than the chat may be sent');
    if (wait >= showTypingFrom) call('sendChatAction', { chat_id: chat, action: 'typing' }).catch(() => undefined);
    if (wait > 0) await pause(wait);
  }

  async function send(message: SendMessage, markdown: string, place: Place): Promise<string> {
    try {
      return String((await call('sendMessage', message)).message_id);
    } catch (error) {
      const failure = readFailure(error);
      if (failure.kind === 'markup' && message.entities?.length) {
        host.log.warn({ err: codeOf(error) }, 'entities refused, sent plain');
        return send({ ...message, text: cutText(plainText(parseMarkup(markdown)), 4096), entities: undefined }, markdown, place);
      }
      if (failure.kind === 'moved' && message.chat_id !== failure.to) {
        await rememberMoved(host, place.chat, failure.to);
        await host.receive({ event: 'moved', address: writeAddress(place), to: writeAddress({ ...place, chat: failure.to }) });
        return send({ ...message, chat_id: failure.to, reply_parameters: undefined }, markdown, place);
      }
      throw error;
    }
  }

  async function sendFiles(
    place: Place,
    { text, attachments }: Extract<Reply, { type: 'attachment' }>,
    { asked }: Around,
  ): Promise<string> {
    const where = { chat_id: place.chat, message_thread_id: place.topic, reply_parameters: replyTo(asked) };
    const caption = format(text);
    return sendMedia(where, attachments, caption.text.length > maxCaption ? { text: cutText(text, maxCaption), entities: [] } : caption);
  }

  /** What stands around a reply in a group: to whom it answers, and the way to a private chat. */
  async function inGroup(address: string, place: Place, choices: InlineKeyboardButton[][]): Promise<Around> {
    const { username } = await me();
    const { asked, language } = await lastAsked(host, address, place.chat);
    const privately = [{ text: host.words(language, 'telegram:write_privately'), url: `https://t.me/${username}?start=group` }];
    return { choices: [...choices, privately], asked };
  }

  async function explain(error: unknown, address: string, attempt: number): Promise<unknown> {
    const failure = readFailure(error);
    if (failure.kind === 'wait') pace.hold(readAddress(address).chat, failure.ms);
    if (failure.kind === 'unreachable') await host.receive({ event: 'unreachable', address, code: failure.code });
    if (failure.kind === 'token') host.log.error({ err: codeOf(error) }, 'token refused');
    return sendFault(error, attempt);
  }
}

interface Around {
  choices: InlineKeyboardButton[][];
  asked?: number;
}

function dress({ choices, asked }: Around): Partial<SendMessage> {
  return {
    link_preview_options: { is_disabled: true },
    reply_markup: choices.length > 0 ? { inline_keyboard: choices } : undefined,
    reply_parameters: replyTo(asked),
  };
}

function replyTo(asked: number | undefined): SendMessage['reply_parameters'] {
  return asked === undefined ? undefined : { message_id: asked, allow_sending_without_reply: true };
}

/** The author's newest message in that group, and their language. */
async function lastAsked(host: Host, address: string, chat: number): Promise<{ asked?: number; language: string }> {
  let last: Message | undefined;
  for (let after: Position | undefined; ; ) {
    const { messages, position, state } = await host.read(address, after);
    last = messages.findLast((each) => each.author === 'contact' && each.externalId?.startsWith(`${chat}:`)) ?? last;
    after = position;
    if (messages.length === 0)
      return { asked: last?.externalId ? Number(last.externalId.split(':')[1]) : undefined, language: state.language };
  }
}

import type { Chat, InlineKeyboardMarkup, Message, User } from 'telegraf/types';
import type { Payload, Refusal, Sent } from './double.ts';

/** Somebody with a private chat with the bot. */
export interface Person {
  user: User;
  chat: Chat.PrivateChat;
  /** Writes; the same `id` twice is the same message brought twice. Returns Telegram's message. */
  write(text: string, id?: string): Payload;
  /** Sends any content: `{ photo: … , caption: … }`. */
  send(content: Payload): Payload;
  edit(message: Payload, text: string): void;
  /** Presses the newest button that says so. */
  press(label: string | RegExp): void;
  block(): void;
  /** What the bot sent into the chat, as it stands now. */
  sent(): Sent[];
  texts(): string[];
}

/** The chats of the double: what people write becomes updates, what the bot calls changes what they see. */
export function createChats(bot: User, push: (update: Payload) => number) {
  let nextUser = 500_000_001;
  let nextQuery = 1;
  const chats = new Map<number, { chat: Chat; messages: Payload[]; blocked?: boolean; movedTo?: number }>();
  const answered: Payload[] = [];

  function addChat<C extends Chat>(chat: C): C {
    chats.set(chat.id, { chat, messages: [] });
    return chat;
  }

  function add(chat: Chat, from: User, content: Payload): Payload {
    const place = chats.get(chat.id);
    if (!place) throw new Error('no such chat');
    const message = { message_id: place.messages.length + 1, from, chat, date: Math.floor(Date.now() / 1000), ...content };
    place.messages.push(message);
    return message;
  }

  function person(given: Partial<User> = {}): Person {
    const user: User = {
      id: nextUser++,
      is_bot: false,
      first_name: 'Aysel',
      last_name: 'Quliyeva',
      username: 'aysel_q',
      language_code: 'en',
      ...given,
    };
    const chat = addChat({ id: user.id, type: 'private' as const, first_name: user.first_name });
    const known = new Map<string, Payload>();
    const sent = () => messagesIn(chat.id);
    return {
      user,
      chat,
      write(text, id) {
        const message = (id && known.get(id)) || add(chat, user, withEntities(text));
        if (id) known.set(id, message);
        push({ message });
        return message;
      },
      send(content) {
        const message = add(chat, user, content);
        push({ message });
        return message;
      },
      edit(message, text) {
        Object.assign(message, { text, edit_date: Math.floor(Date.now() / 1000) });
        push({ edited_message: { ...message } });
      },
      press: (label) => pressIn(chat.id, user, label),
      block() {
        const place = chats.get(chat.id);
        if (place) place.blocked = true;
        push({ my_chat_member: memberUpdate(chat, user, bot, 'kicked') });
      },
      sent,
      texts: () => sent().map(({ text }) => text),
    };
  }

  function pressIn(chat: number, from: User, label: string | RegExp): void {
    const message = messagesIn(chat).findLast((each) => buttons(each).some((button) => button.text.match(label)));
    const button = message && buttons(message).find((each) => each.text.match(label));
    if (!message || !button || !('callback_data' in button)) throw new Error(`no button says ${label}`);
    push({
      callback_query: { id: String(nextQuery++), from, message: structuredClone(message), chat_instance: '-1', data: button.callback_data },
    });
  }

  function messagesIn(chat: number): Sent[] {
    return (chats.get(chat)?.messages.filter(({ from }) => from.id === bot.id) ?? []) as unknown as Sent[];
  }

  function carryOut(method: string, payload: Payload): unknown {
    const place =
      chats.get(payload.chat_id) ?? [...chats.values()].find(({ chat }) => 'username' in chat && `@${chat.username}` === payload.chat_id);
    switch (method) {
      case 'sendMessage': {
        if (!place) return bad('chat not found');
        if (place.blocked) return { error_code: 403, description: 'Forbidden: bot was blocked by the user' } satisfies Refusal;
        if (place.movedTo)
          return { ...bad('group chat was upgraded to a supergroup chat'), parameters: { migrate_to_chat_id: place.movedTo } };
        const fault = faultOf(payload);
        if (fault) return bad(fault);
        const { text, entities, reply_markup } = payload;
        const reply_to_message = place.messages.find(({ message_id }) => message_id === payload.reply_parameters?.message_id);
        return add(place.chat, bot, { text, entities, reply_markup, reply_to_message });
      }
      case 'sendPhoto':
      case 'sendVideo':
      case 'sendDocument': {
        if (!place) return bad('chat not found');
        const kind = method.slice(4).toLowerCase();
        if ((payload.caption ?? '').length > 1024) return bad('message caption is too long');
        return add(place.chat, bot, { caption: payload.caption, caption_entities: payload.caption_entities, [kind]: payload[kind] });
      }
      case 'sendMediaGroup': {
        if (!place) return bad('chat not found');
        const media = payload.media as Payload[];
        const kinds = new Set(media.map(({ type }) => type === 'document'));
        if (media.length < 2 || media.length > 10 || kinds.size > 1) return bad('wrong number or mix of media');
        return media.map(({ type, media: from, caption, caption_entities }) =>
          add(place.chat, bot, { media_group_id: '1', caption, caption_entities, [type]: payload[String(from).replace('attach://', '')] }),
        );
      }
      case 'editMessageReplyMarkup': {
        const message = place?.messages.find(({ message_id }) => message_id === payload.message_id);
        if (!message) return bad('message to edit not found');
        const next = payload.reply_markup?.inline_keyboard.length ? payload.reply_markup : undefined;
        if (JSON.stringify(next) === JSON.stringify(message.reply_markup)) return bad('message is not modified');
        message.reply_markup = next;
        return message;
      }
      case 'answerCallbackQuery':
        answered.push(payload);
        return true;
      default:
        return undefined;
    }
  }

  return {
    person,
    addChat,
    add,
    pressIn,
    messagesIn,
    carryOut,
    answered,
    migrate: (from: number, to: number) => Object.assign(chats.get(from) ?? {}, { movedTo: to }),
  };
}

/** Telegram marks commands and mentions in what people write. */
export function withEntities(text: string): Payload {
  const entities = [...text.matchAll(/(?<=^|\s)(\/\w+(?:@\w+)?|@\w+)/g)].map(({ 0: { length }, 0: found, index: offset }) => ({
    type: found.startsWith('/') ? 'bot_command' : 'mention',
    offset,
    length,
  }));
  return { text, entities: entities.length > 0 ? entities : undefined };
}

function buttons({ reply_markup }: Message.CommonMessage) {
  return (reply_markup as InlineKeyboardMarkup | undefined)?.inline_keyboard.flat() ?? [];
}

// What the real server checks of a message.
function faultOf({ text, entities = [], reply_markup }: Payload): string | undefined {
  if (!text?.trim()) return 'message text is empty';
  if (text.length > 4096) return 'message is too long';
  if (entities.some(({ offset, length }: Payload) => offset < 0 || length < 1 || offset + length > text.length))
    return "can't parse entities: entity is out of range";
  for (const button of reply_markup?.inline_keyboard?.flat() ?? []) {
    if (button.callback_data !== undefined && Buffer.byteLength(button.callback_data) > 64) return 'BUTTON_DATA_INVALID';
    if (!button.text) return 'can\'t parse inline keyboard button: Field "text" must be of type String';
  }
  return undefined;
}

function memberUpdate(chat: Chat, from: User, user: User, status: string): Payload {
  return {
    chat,
    from,
    date: Math.floor(Date.now() / 1000),
    old_chat_member: { user, status: 'member' },
    new_chat_member: { user, status, until_date: 0 },
  };
}

function bad(description: string): Refusal {
  return { error_code: 400, description: `Bad Request: ${description}` };
}

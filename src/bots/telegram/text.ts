import type { Message, MessageEntity } from 'telegraf/types';

/** A bot as it is named in messages. */
export interface Me {
  id: number;
  username: string;
}

/** Content that we cannot show: the person is told instead of being met with silence. */
const unsupported = ['poll', 'game', 'story', 'giveaway', 'paid_media', 'checklist'];

/** The words of a message, plain; undefined where it has none that we know (a service message, a file alone). */
export function textOf(message: Message): string | undefined {
  const content = message as AnyContent;
  if (content.text !== undefined) return startWithoutToken(content.text);
  if (content.caption !== undefined) return content.caption;
  if (content.sticker?.emoji) return content.sticker.emoji;
  if (content.dice) return content.dice.emoji;
  if (content.venue) return `📍 ${content.venue.title}, ${content.venue.address}`;
  if (content.location) return `📍 ${content.location.latitude}, ${content.location.longitude}`;
  if (content.contact)
    return ['👤', content.contact.first_name, content.contact.last_name, content.contact.phone_number].filter(Boolean).join(' ');
  return undefined;
}

/** The words of the message that this one answers, or the part of them that was marked. */
export function quotedBy(message: Message): string | undefined {
  const { quote, reply_to_message } = message as AnyContent & { quote?: { text: string } };
  return quote?.text ?? (reply_to_message && textOf(reply_to_message as Message));
}

/** True for content that people send but that we cannot read. */
export function isUnsupported(message: Message): boolean {
  return unsupported.some((kind) => kind in message);
}

/** True where a group's message is meant for the bot: it names it, answers it, or gives one of its commands. */
export function isForMe(message: Message, me: Me, commands: readonly string[]): boolean {
  const { text, caption, entities, caption_entities, reply_to_message } = message as AnyContent;
  const words = text ?? caption ?? '';
  if (reply_to_message?.from?.id === me.id) return true;
  return (entities ?? caption_entities ?? []).some((entity) => {
    const named = words.slice(entity.offset, entity.offset + entity.length).toLowerCase();
    if (entity.type === 'text_mention') return entity.user.id === me.id;
    if (entity.type === 'mention') return named === `@${me.username.toLowerCase()}`;
    if (entity.type !== 'bot_command') return false;
    const [command, bot] = named.slice(1).split('@');
    return bot === undefined ? commands.includes(command ?? '') : bot === me.username.toLowerCase();
  });
}

/** A text without the bot's own name in it. */
export function withoutMe(text: string, { username }: Me): string {
  const name = new RegExp(`(?<=^|[^\\w@])@${username}\\b|(?<=^/\\w+)@${username}\\b`, 'gi');
  return text.replace(name, '').replace(/ {2,}/g, ' ').trim();
}

/** What a link (https://t.me/bot?start=…) has brought along with /start; undefined where it is none of ours. */
export function startToken(message: Message): string | undefined {
  const { text } = message as AnyContent;
  return /^\/start(?:@\w+)?\s+([\w-]{43})$/.exec(text ?? '')?.[1];
}

// What follows /start comes from a link (https://t.me/bot?start=…): it may be a secret, and is no words of theirs.
function startWithoutToken(text: string): string {
  return /^\/start(@\w+)?\s/.test(text) ? '/start' : text;
}

type AnyContent = Partial<
  Message.TextMessage &
    Message.CaptionableMessage &
    Message.StickerMessage &
    Message.DiceMessage &
    Message.VenueMessage &
    Message.ContactMessage
> & { entities?: MessageEntity[] };

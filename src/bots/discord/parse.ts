import {
  type APIInteraction,
  type APIMessage,
  type APIUser,
  GatewayDispatchEvents as Dispatch,
  type GatewayDispatchPayload,
  InteractionType,
  MessageType,
} from 'discord.js';
import type { Place } from './address.ts';
import { labelOf, readCustomId } from './buttons.ts';
import { filesOf, type InboundFile } from './files.ts';
import { nameOf, textOf, timeOf } from './text.ts';

/** Who wrote, and where. `server`: others read along. */
export interface From {
  place: Place;
  author: string;
  name: string;
  language?: string;
  server: boolean;
}

/** What to answer an interaction with, within three seconds. */
export interface Answerable {
  id: string;
  token: string;
}

/** What an event of the gateway says. */
export type Fact =
  | { fact: 'message'; from: From; id: string; text: string; files: InboundFile[]; at: number; personal: boolean; quoted?: string }
  | { fact: 'edited'; from: From; id: string; text: string }
  | { fact: 'deleted'; channel: string; server: boolean; ids: string[] }
  | { fact: 'command'; from: From; id: string; text: string; question?: string; at: number; personal: boolean; answer: Answerable }
  | {
      fact: 'press';
      from: From;
      id: string;
      data: string;
      label: string;
      at: number;
      mine: boolean;
      customId: string;
      components: APIMessage['components'];
      answer: Answerable;
    };

/** A message as the gateway or REST shows it; only the gateway names the server. */
export type Shown = APIMessage & { guild_id?: string };

/** Reads one event; undefined where it concerns nobody here (other bots, others' talk in a server, what Discord itself says). `me`: the bot's user id. Pure. */
export function parse(event: Pick<GatewayDispatchPayload, 't' | 'd'>, me: string): Fact | undefined {
  switch (event.t) {
    case Dispatch.MessageCreate:
      return parseMessage(event.d as Shown, me);
    case Dispatch.MessageUpdate:
      return parseEdit(event.d as Shown, me);
    case Dispatch.MessageDelete: {
      const { id, channel_id, guild_id } = event.d as { id: string; channel_id: string; guild_id?: string };
      return { fact: 'deleted', channel: channel_id, server: guild_id !== undefined, ids: [id] };
    }
    case Dispatch.MessageDeleteBulk: {
      const { ids, channel_id, guild_id } = event.d as { ids: string[]; channel_id: string; guild_id?: string };
      return { fact: 'deleted', channel: channel_id, server: guild_id !== undefined, ids };
    }
    case Dispatch.InteractionCreate:
      return parseInteraction(event.d as APIInteraction);
    default:
      return undefined;
  }
}

function parseMessage(message: Shown, me: string): Fact | undefined {
  const from = fromMessage(message, me);
  if (!from) return undefined;
  const files = filesOf(message);
  // Who only calls the bot is asked what it is about.
  const text = textOf(message, me) || (from.server && files.length === 0 ? '/start' : '');
  if (!text && files.length === 0) return undefined;
  const quoted = message.referenced_message ? textOf(message.referenced_message, me) || undefined : undefined;
  return { fact: 'message', from, id: message.id, text, files, at: Date.parse(message.timestamp), personal: isPersonal(text), quoted };
}

// Discord sends an update of its own for every preview of a link; only a person's edit sets the time.
function parseEdit(message: Shown, me: string): Fact | undefined {
  const from = message.edited_timestamp && message.author ? fromMessage(message, me) : undefined;
  return from && { fact: 'edited', from, id: message.id, text: textOf(message, me) };
}

function fromMessage(message: Shown, me: string): From | undefined {
  const { author, type, webhook_id, guild_id, channel_id, mentions } = message;
  if (author.bot || webhook_id || (type !== MessageType.Default && type !== MessageType.Reply)) return undefined;
  const server = guild_id !== undefined;
  // In a server only what is said to the bot; without that Discord does not even show us the text.
  if (server && !mentions?.some(({ id }) => id === me)) return undefined;
  return fromPerson(author, channel_id, server);
}

function fromPerson(author: APIUser, channel: string, server: boolean): From {
  return { place: { channel, author: server ? author.id : undefined }, author: author.id, name: nameOf(author), server };
}

function parseInteraction(interaction: APIInteraction): Fact | undefined {
  const author = interaction.member?.user ?? interaction.user;
  // Documented as the one or the other.
  const channel = interaction.channel?.id ?? (interaction as { channel_id?: string }).channel_id;
  if (!author || !channel) return undefined;
  const locale = 'locale' in interaction ? interaction.locale : undefined;
  const from: From = { ...fromPerson(author, channel, interaction.guild_id !== undefined), language: locale?.split('-')[0] };
  const common = { from, id: interaction.id, at: timeOf(interaction.id), answer: { id: interaction.id, token: interaction.token } };
  if (interaction.type === InteractionType.ApplicationCommand) {
    const { name } = interaction.data;
    const options = 'options' in interaction.data ? (interaction.data.options ?? []) : [];
    const value = options
      .map((option) => ('value' in option ? String(option.value) : ''))
      .join(' ')
      .trim();
    if (name === 'ask') return { fact: 'command', ...common, text: value, question: value, personal: isPersonal(value) };
    return { fact: 'command', ...common, text: `/${name}${value ? ` ${value}` : ''}`, personal: true };
  }
  if (interaction.type !== InteractionType.MessageComponent) return undefined;
  const { custom_id } = interaction.data;
  const read = readCustomId(custom_id);
  if (!read) return undefined;
  const { components } = interaction.message;
  const mine = read.author === undefined || read.author === author.id;
  return { fact: 'press', ...common, data: read.data, label: labelOf(components, custom_id), mine, customId: custom_id, components };
}

/** Commands that are answered with what concerns one person only. */
function isPersonal(text: string): boolean {
  return /^\/(human|status|lang)\b/i.test(text);
}

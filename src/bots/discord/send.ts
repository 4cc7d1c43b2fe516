import { type RESTPostAPIChannelMessageResult, Routes } from 'discord.js';
import { type Channel, type Host, type Sending, Undeliverable } from '../../conversation/channel.ts';
import type { Reply } from '../../conversation/message.ts';
import { readAddress } from './address.ts';
import { rawFiles } from './files.ts';
import { format } from './format.ts';
import { type Homes, stateOnly } from './home.ts';
import type { Point } from './point.ts';
import type { Rest } from './rest.ts';

/**
 * Sends replies over REST, in any process. In a server's channel only what the bot itself answers while it has the turn is shown to all;
 * from the first word that is meant for one person alone (a ticket, an agent, a survey) the address goes on in direct messages.
 */
export function createSend({ host, rest, homes, point }: { host: Host; rest: Rest; homes: Homes; point: Point }): Channel['send'] {
  return async (address, reply, sending) => {
    try {
      return { externalId: await deliver(address, reply, sending) };
    } catch (error) {
      if (error instanceof Undeliverable) await host.receive({ event: 'unreachable', address, code: error.code });
      throw error;
    }
  };

  async function deliver(address: string, reply: Reply, sending: Sending): Promise<string> {
    const { channel, author } = readAddress(address);
    if (author === undefined) return post(channel, undefined, reply, sending);
    const { state } = await host.read(address, stateOnly);
    if (sending.author !== 'bot' || state.owner !== 'bot') return privately(address, reply, sending, state.language);
    try {
      return await post(channel, author, reply, sending);
    } catch (error) {
      // A command can be used where the bot may not write.
      if (error instanceof Undeliverable && error.code === 'forbidden') return privately(address, reply, sending, state.language);
      throw error;
    }
  }

  async function privately(address: string, reply: Reply, sending: Sending, language: string): Promise<string> {
    const { channel, author = '' } = readAddress(address);
    const direct = await homes.open(author, sending.attempt);
    try {
      const id = await post(direct, undefined, reply, sending);
      await homes.move(address, direct, id);
      await point(channel, `${sending.id}|${sending.at.getTime()}`, language, 'in_private', author);
      return id;
    } catch (error) {
      if (error instanceof Undeliverable) await point(channel, `${sending.id}|${sending.at.getTime()}`, language, 'open_dm', author);
      throw error;
    }
  }

  async function post(channel: string, author: string | undefined, reply: Reply, sending: Sending): Promise<string> {
    let last = '';
    const bodies = format(reply, sending, { channel, author });
    const files = reply.type === 'attachment' ? await rawFiles(reply.attachments, host) : undefined;
    for (const [n, body] of bodies.entries()) {
      // Files stand under the last of the text.
      const options = { body, attempt: sending.attempt, files: n === bodies.length - 1 ? files : undefined };
      last = (await rest.call<RESTPostAPIChannelMessageResult>('post', Routes.channelMessages(channel), options)).id;
    }
    return last;
  }
}

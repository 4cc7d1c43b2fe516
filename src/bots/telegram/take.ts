import type { Update } from 'telegraf/types';
import type { Host, Origin } from '../../conversation/channel.ts';
import type { Attachment, InboundMessage } from '../../conversation/message.ts';
import { isFault } from '../../errors.ts';
import { readAddress, writeAddress } from './address.ts';
import type { Aside } from './aside.ts';
import type { Download } from './download.ts';
import { codeOf } from './failure.ts';
import { keepFiles } from './files.ts';
import { readMoved, rememberMoved } from './moved.ts';
import { type Fact, parse } from './parse.ts';
import type { Press } from './press.ts';
import type { Me } from './text.ts';

/** Makes what one update, or the updates of one album, say durable. Resolves when it is; rejects when it must be offered again. */
export type Take = (updates: Update[]) => Promise<void>;

/** Says something to a chat at once. A courtesy: never fails. */
export type Tell = (chat: number, text: string) => Promise<void>;

type Said = Extract<Fact, { fact: 'message' | 'edited' }>;

/** `me` asks Telegram once who the bot is; `aside` takes what cannot be understood, which without it is refused. */
export function createTake(parts: { host: Host; me(): Promise<Me>; press: Press; download: Download; tell: Tell; aside?: Aside }): Take {
  const { host, me, press, download, tell, aside } = parts;

  return async (updates) => {
    const fact = await read(updates, await me());
    if (!fact) return;
    try {
      await store(fact);
    } catch (error) {
      // What can never be stored (nothing in it, longer than we keep) would otherwise be offered for ever.
      if (!isFault(error) || error.status >= 500) throw error;
      host.log.warn({ update: updates[0]?.update_id, code: error.code }, 'update not kept');
    }
  };

  async function read(updates: Update[], self: Me): Promise<Fact | undefined> {
    try {
      return parse(updates, self);
    } catch (error) {
      if (!aside) throw error;
      await aside.put(updates, error);
      return undefined;
    }
  }

  async function store(fact: Fact): Promise<void> {
    switch (fact.fact) {
      case 'moved':
        return rememberMoved(host, fact.from, fact.to);
      case 'unreachable':
        await host.receive({ event: 'unreachable', address: fact.address, code: fact.code });
        return;
      case 'press':
        await bringAlong(host, fact.origin.address);
        return press(fact);
      default:
        await bringAlong(host, fact.origin.address);
        return storeMessage(fact);
    }
  }

  async function storeMessage(fact: Said): Promise<void> {
    const { origin, id, text } = fact;
    const kept = await keepFiles(fact.files, origin.address, host, download);
    const message = messageOf(fact, kept);
    // An edit may overtake its message: whichever comes first is stored as the message, and the older one then has no effect.
    if (fact.fact === 'message' && fact.link) await joinTo(fact.link, origin);
    if (fact.fact === 'message' || !fact.album) await host.receive({ event: 'message', ...origin, message });
    if (fact.fact === 'edited') await host.receive({ event: 'edited', ...origin, id, text });
  }

  /** A link of a verified identity brought them here: the chat is theirs from now on. They are told what became of it. */
  async function joinTo(token: string, origin: Origin): Promise<void> {
    const end = await host.links.use(token, origin);
    await tell(readAddress(origin.address).chat, host.words(origin.contact?.language ?? '', `telegram:link_${end}`));
  }
}

function messageOf(fact: Said, kept: Attachment[]): InboundMessage {
  const { id, text, at, quoted } = fact;
  const attachments = fact.unsupported
    ? [...kept, { name: 'message', type: 'application/octet-stream', size: 0, refused: 'unsupported' }]
    : kept;
  // What became of a link is the answer to the message that brought it.
  const silent = fact.fact === 'message' && fact.link ? 'link' : undefined;
  return { type: 'message', id, text, at, quoted, silent, attachments: attachments.length > 0 ? attachments : undefined };
}

/** In a group that became a supergroup, the author's address of before becomes this one. */
async function bringAlong(host: Host, address: string): Promise<void> {
  const place = readAddress(address);
  const before = place.author === undefined ? undefined : await readMoved(host, place.chat);
  if (before === undefined) return;
  await host.receive({ event: 'moved', address: writeAddress({ ...place, chat: before }), to: address }).catch((error) => {
    // Both may exist already; then each goes on by itself, and what is received now is not lost over it.
    host.log.warn({ err: codeOf(error) }, 'address not moved');
  });
}

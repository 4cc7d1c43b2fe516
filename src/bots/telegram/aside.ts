import type { Update } from 'telegraf/types';
import type { Cursors, Host } from '../../conversation/channel.ts';
import { createLanes } from '../../lanes.ts';
import { readAddress } from './address.ts';
import { codeOf } from './failure.ts';

/** An update that could not be understood or stored, by its number. What it says lies sealed beside this list. */
interface Entry {
  update: number;
  chat: number;
  /** Who wrote it, where it tells. */
  author?: number;
  /** A code, never what stands in the update. */
  why: string;
  at: number;
}

/** Keeps updates aside that would hold up others, and offers them again. */
export interface Aside {
  /** Rejects where even that cannot be written: then Telegram must keep it. */
  put(updates: Update[], error: unknown): Promise<void>;
  /** Offers each once more; what is taken, and what is older than 30 days, lies aside no more. Never fails. */
  again(take: (updates: Update[]) => Promise<void>): Promise<void>;
}

/** Nobody mends what has lain there for so long, and nobody's words are kept for ever. */
const keptMs = 30 * 24 * 3_600_000;

const list = (bot: string) => `aside:${bot}`;
const sealed = (bot: string, update: number | string) => `aside:${bot}:${update}`;

/** What of one bot lies aside; `bot`: see `nameOfBot`. Of use to the one process that receives. */
export function createAside({ cursor, secrets, log }: Pick<Host, 'cursor' | 'secrets' | 'log'>, bot: string): Aside {
  const read = async () => (await cursor.get<Entry[]>(list(bot))) ?? [];
  const lanes = createLanes();
  const change = (entries: (before: Entry[]) => Entry[]) => lanes(bot, async () => cursor.set(list(bot), entries(await read())));
  // Two processes that receive a webhook may write the list at once: what only lies sealed then is entered again.
  const relist = async () => {
    const listed = new Set((await read()).map(({ update }) => update));
    for (const [id] of await cursor.list(`secret:${sealed(bot, '')}`)) {
      const text = listed.has(Number(id)) ? undefined : await secrets.get(sealed(bot, id));
      if (text) await change((before) => [...before, { update: Number(id), ...whose(JSON.parse(text)), why: 'unlisted', at: Date.now() }]);
    }
    return read();
  };
  return {
    async put(updates, error) {
      const why = codeOf(error);
      for (const update of updates) await secrets.set(sealed(bot, update.update_id), JSON.stringify(update));
      const entries = updates.map((update) => ({ update: update.update_id, ...whose(update), why, at: Date.now() }));
      await change((before) => [...before.filter(({ update }) => !entries.some((each) => each.update === update)), ...entries]);
      log.error({ updates: entries.map(({ update }) => update), err: why, remedy }, 'update kept aside');
    },
    async again(take) {
      const entries = await relist().catch(() => []);
      for (const { update, at } of entries) {
        try {
          const text = Date.now() - at < keptMs ? await secrets.get(sealed(bot, update)) : undefined;
          if (text) await take([JSON.parse(text)]);
          await secrets.remove(sealed(bot, update));
          await change((before) => before.filter((each) => each.update !== update));
          log.info({ update, taken: text !== undefined }, 'update lies aside no more');
        } catch (error) {
          log.warn({ update, err: codeOf(error) }, 'update stays aside');
        }
      }
    },
  };
}

/** Takes what a person wrote out of what lies aside. Returns how many updates went. */
export async function forget(addresses: string[], cursors: Cursors): Promise<number> {
  const places = addresses.map(readAddress);
  const theirs = ({ chat, author }: Entry) => places.some((place) => place.chat === chat && (place.author ?? author) === author);
  let gone = 0;
  for (const [bot, entries] of await cursors.list<Entry[]>(list(''))) {
    const left = entries.filter((entry) => !theirs(entry));
    for (const { update } of entries.filter(theirs)) gone += await cursors.remove(`secret:${sealed(bot, update)}`);
    if (left.length < entries.length) await cursors.set(list(bot), left);
  }
  return gone;
}

function whose(update: Update): Pick<Entry, 'chat' | 'author'> {
  const said = Object.values(update).find((value) => typeof value === 'object') as
    | { chat?: { id: number }; message?: { chat?: { id: number } }; from?: { id: number } }
    | null
    | undefined;
  return { chat: said?.chat?.id ?? said?.message?.chat?.id ?? 0, author: said?.from?.id };
}

const remedy = 'It is offered again whenever Destek starts, and kept sealed for 30 days: mend what err says, then start again.';

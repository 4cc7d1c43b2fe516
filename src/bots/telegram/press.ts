import type { Host } from '../../conversation/channel.ts';
import { findChoice, usedKeyboard } from './choices.ts';
import type { Call } from './client.ts';
import { codeOf } from './failure.ts';
import type { Fact } from './parse.ts';

/** Takes a pressed button: durable first, then the button's clock stops and the keyboard goes away. */
export type Press = (press: Extract<Fact, { fact: 'press' }>) => Promise<void>;

/** A keyboard counts once: presses after the first, and buttons that nobody offered, change nothing and say so. */
export function createPress({ host, call }: { host: Host; call: Call }): Press {
  return async ({ origin, query, chat, message, data, label, markup, mine }) => {
    const say = (key: string) => host.words(origin.contact?.language ?? '', `telegram:${key}`);
    if (!mine) return after(answer(query, say('not_yours')));
    const choice = await findChoice(data, origin.address, host.read);
    if (choice === undefined) return after(answer(query, say('outdated')), clear(chat, message, markup));
    const receipt = await host.receive({
      event: 'message',
      ...origin,
      message: { type: 'message', id: `press:${chat}:${message}`, text: label, choice },
    });
    return after(answer(query, receipt.repeated ? say('used') : undefined), clear(chat, message, markup));
  };

  function answer(callback_query_id: string, text?: string): Promise<unknown> {
    return call('answerCallbackQuery', { callback_query_id, text });
  }

  function clear(chat_id: number, message_id: number, markup: Parameters<typeof usedKeyboard>[0]): Promise<unknown> {
    return call('editMessageReplyMarkup', { chat_id, message_id, reply_markup: usedKeyboard(markup) });
  }

  // Courtesies: nothing waits for them, and Telegram refuses them when they come late.
  function after(...calls: Promise<unknown>[]): void {
    for (const each of calls) each.catch((error) => host.log.debug({ err: codeOf(error) }, 'button not cleared'));
  }
}

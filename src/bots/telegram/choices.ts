import { createHash } from 'node:crypto';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types';
import type { Host, Position } from '../../conversation/channel.ts';
import type { Choice } from '../../conversation/message.ts';

/** Telegram carries at most so many bytes in a button. */
const mostBytes = 64;
/** Two labels up to this length stand side by side on a narrow screen. */
const shortLabel = 18;

/** What a button carries for a choice: its id, or where that is too long a digest of it, which findChoice finds again in the record. */
export function writeData(id: string): string {
  const plain = `=${id}`;
  return Buffer.byteLength(plain) <= mostBytes ? plain : `#${createHash('sha256').update(id).digest('base64url')}`;
}

/** The choice's id that a button's data means; undefined where it was never offered on that address. */
export async function findChoice(data: string, address: string, read: Host['read']): Promise<string | undefined> {
  if (data.startsWith('=')) return data.slice(1);
  if (!data.startsWith('#')) return undefined;
  for (let after: Position | undefined; ; ) {
    const { messages, position } = await read(address, after);
    const offered = messages.flatMap(({ body }) => (body.type === 'choices' ? body.choices : []));
    const found = offered.find(({ id }) => writeData(id) === data);
    if (found || messages.length === 0) return found?.id;
    after = position;
  }
}

/** Buttons under a message: short labels in pairs, others one a line. */
export function keyboard(choices: Choice[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  let room = false;
  for (const { id, label } of choices) {
    const button = { text: label, callback_data: writeData(id) };
    const short = label.length <= shortLabel;
    if (room && short) rows.at(-1)?.push(button);
    else rows.push([button]);
    room = short && !room;
  }
  return rows;
}

/** What is left of a message's buttons when one was pressed: links. */
export function usedKeyboard(markup: InlineKeyboardMarkup | undefined): InlineKeyboardMarkup {
  const rows = markup?.inline_keyboard.map((row) => row.filter((button) => 'url' in button)) ?? [];
  return { inline_keyboard: rows.filter((row) => row.length > 0) };
}

/** The label of a button by its data; empty where Telegram no longer shows us the message. */
export function labelOf(data: string, markup: InlineKeyboardMarkup | undefined): string {
  return markup?.inline_keyboard.flat().find((button) => 'callback_data' in button && button.callback_data === data)?.text ?? '';
}

import { createHash } from 'node:crypto';
import { type APIActionRowComponent, type APIButtonComponentWithCustomId, type APIMessage, ButtonStyle, ComponentType } from 'discord.js';
import type { Host, Position } from '../../conversation/channel.ts';
import type { Choice } from '../../conversation/message.ts';
import { cutText } from '../../cut-text.ts';

/** Most buttons of one message: five rows of five. */
export const mostButtons = 25;
const perRow = 5;
const mostCustomId = 100;
const mostLabel = 80;
/** Up to here labels stand side by side on a narrow screen. */
const shortLabel = 20;

/** A row of buttons, as Discord takes it. */
export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

/** What a button carries: for whom it is (`author`, in a server), and the choice's id or, where that is too long, a digest of it, which findChoice finds again in the record. */
export function writeCustomId(id: string, author = ''): string {
  const plain = `${author}=${id}`;
  return plain.length <= mostCustomId ? plain : `${author}#${createHash('sha256').update(id).digest('base64url')}`;
}

/** For whom a button is (undefined: for whoever sees it), and what it carries; undefined where it is none of ours. */
export function readCustomId(customId: string): { author?: string; data: string } | undefined {
  const found = /^(\d*)([=#].+)$/s.exec(customId);
  return found ? { author: found[1] || undefined, data: found[2] ?? '' } : undefined;
}

/** The choice's id that a button's data means; undefined where it was never offered on that address. */
export async function findChoice(data: string, address: string, read: Host['read']): Promise<string | undefined> {
  if (data.startsWith('=')) return data.slice(1);
  for (let after: Position | undefined; ; ) {
    const { messages, position } = await read(address, after);
    const offered = messages.flatMap(({ body }) => (body.type === 'choices' ? body.choices : []));
    const found = offered.find(({ id }) => writeCustomId(id) === data);
    if (found || messages.length === 0) return found?.id;
    after = position;
  }
}

/** The buttons of a message: long labels one a row while rows suffice, else five a row. */
export function buttonRows(choices: Choice[], author?: string): ButtonRow[] {
  const stacked = choices.length <= 5 && choices.some(({ label }) => label.length > shortLabel);
  const width = stacked ? 1 : perRow;
  const rows: ButtonRow[] = [];
  for (const [n, { id, label }] of choices.slice(0, mostButtons).entries()) {
    if (n % width === 0) rows.push({ type: ComponentType.ActionRow, components: [] });
    rows.at(-1)?.components.push({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: shortened(label),
      custom_id: writeCustomId(id, author),
    });
  }
  return rows;
}

/** A message's buttons after one was pressed: all off, and the pressed one marked. */
export function usedRows(components: APIMessage['components'], pressed: string): ButtonRow[] {
  return rowsOf(components).map((row) => ({
    ...row,
    components: row.components.map((button) => ({
      ...button,
      disabled: true,
      style: button.custom_id === pressed ? ButtonStyle.Success : button.style,
    })),
  }));
}

/** What people read on a button. */
export function labelOf(components: APIMessage['components'], pressed: string): string {
  return (
    rowsOf(components)
      .flatMap((row) => row.components)
      .find((button) => button.custom_id === pressed)?.label ?? ''
  );
}

function rowsOf(components: APIMessage['components']): ButtonRow[] {
  return (components ?? []).filter((each) => each.type === ComponentType.ActionRow) as ButtonRow[];
}

function shortened(label: string): string {
  if (label.length <= mostLabel) return label || '…';
  return `${cutText(label, mostLabel - 1).trimEnd()}…`;
}

import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { channels } from '../bots/index.ts';
import type { Cursors } from '../conversation/channel.ts';
import { Fault } from '../errors.ts';
import { eraseContact, type Forget, findContact } from '../privacy/erase.ts';
import { openBytesPlace } from '../store/bytes-place.ts';
import type { Db } from '../store/connection.ts';
import { listCursors, removeCursor, writeCursor } from '../store/cursor.ts';
import { withRecord } from './record.ts';

/** Every channel takes the person out of its own cursors, also one that is off now. */
const forget: Forget = async (tx, name, addresses) => {
  const db = tx as unknown as Db;
  const cursors: Cursors = {
    list: (prefix) => listCursors(db, name, prefix),
    set: (key, value) => writeCursor(db, name, key, value),
    remove: (key) => removeCursor(db, name, key),
  };
  return (await channels.find((each) => each.name === name)?.forget?.(addresses, cursors)) ?? 0;
};

/** `destek erase CONTACT`: removes a contact's files, destroys their key and rows, and prints what went. */
export async function erase(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: { yes: { type: 'boolean' } } });
  const [given = ''] = positionals;
  if (positionals.length !== 1) throw new Fault('call.wrong', 'Give one contact: an id, a ticket number or an address.');
  return withRecord(async ({ db }, config) => {
    const id = await findContact(db, given);
    if (id !== undefined && !values.yes && !(await confirmed(id))) {
      console.error('Nothing was erased.');
      return 1;
    }
    const erased = id === undefined ? undefined : await eraseContact(db, openBytesPlace(config), id, forget);
    if (!erased) {
      console.error(`destek erase: there is no contact (or more than one) with the id, ticket number or address “${given}”.`);
      return 1;
    }
    console.log(
      `Contact ${id} is erased:\n${Object.entries(erased)
        .map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`)
        .join('\n')}`,
    );
    return 0;
  });
}

/** A person at a terminal is asked; whoever calls this from a script knows what they do. */
async function confirmed(id: number): Promise<boolean> {
  if (!process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const said = await terminal.question(`Contact ${id} with all conversations, files and tickets will be destroyed for good. Go on? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(said.trim());
}

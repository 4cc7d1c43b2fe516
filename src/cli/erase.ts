import { channels } from '../bots/index.ts';
import type { Cursors } from '../conversation/channel.ts';
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
  const [given] = argv;
  if (!given) {
    console.error('destek erase: who? Give the contact’s id, one of their ticket numbers or addresses, for instance: destek erase 1042-K');
    return 2;
  }
  return withRecord(async ({ db }, config) => {
    const id = await findContact(db, given);
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

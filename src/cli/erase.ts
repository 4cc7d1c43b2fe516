import { eraseContact, findContact } from '../privacy/erase.ts';
import { openBytesPlace } from '../store/bytes-place.ts';
import { withRecord } from './record.ts';

/** `destek erase CONTACT`: removes a contact's files, destroys their key and rows, and prints what went. */
export async function erase(argv: string[]): Promise<number> {
  const [given] = argv;
  if (!given) {
    console.error('destek erase: who? Give the contact’s id, one of their ticket numbers or addresses, for instance: destek erase 1042-K');
    return 2;
  }
  return withRecord(async ({ db }, config) => {
    const id = await findContact(db, given);
    const erased = id === undefined ? undefined : await eraseContact(db, openBytesPlace(config), id);
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

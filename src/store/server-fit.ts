import { Fault } from '../errors.ts';

/** The oldest PostgreSQL that Destek is run on: Debian 12's. Older ones lack what the tables and queries use. */
const oldest = 15;

/** Throws `store.unavailable` where the server is too old. `version` is its own `server_version`: `14.9 (Debian 14.9-1)`. */
export function requireNewEnough(version: string): void {
  if (Number.parseInt(version, 10) >= oldest) return;
  throw new Fault(
    'store.unavailable',
    `PostgreSQL ${version} is too old: Destek needs ${oldest} or newer.`,
    'Restore a dump of it into a newer server and set DATABASE_URL to that, or leave DATABASE_URL out: Destek brings its own.',
  );
}

/** Throws `store.unavailable` where a newer Destek has changed the tables already. Both in milliseconds: the newest change there, the newest that we know. */
export function requireKnownTables(there: number, known: number): void {
  if (there <= known) return;
  throw new Fault(
    'store.unavailable',
    `The tables of this record are of a newer Destek (of ${new Date(there).toISOString().slice(0, 10)}).`,
    'Start that version again, or restore the backup that was made before it.',
  );
}

/** What the server says against the change of tables, which is then undone as a whole, with its remedy. */
export function tablesFault(error: Error): Fault {
  const { code, message } = (error.cause ?? error) as Error & { code?: string };
  // 42501 insufficient_privilege, 53100 disk_full: PostgreSQL's own codes.
  const remedy =
    {
      '42501': 'Make the account of DATABASE_URL the owner of the database: ALTER DATABASE its_name OWNER TO the_account.',
      '53100': 'Make room on the disk of PostgreSQL.',
    }[code ?? ''] ?? 'Mend this and start again: the record is as it was.';
  return new Fault('store.unavailable', `The tables cannot be brought up to date: ${message}.`, remedy);
}

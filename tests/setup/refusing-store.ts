import pg from 'pg';

/** A database that does not take some messages. */
export interface RefusingStore {
  /** Refuses every further message of which that is true: SQL over `new`, the row. */
  refuse(condition: string): Promise<void>;
  takeAgain(): Promise<void>;
  close(): Promise<void>;
}

/** As a full disk does: what is written fails, and all else goes on. */
export function createRefusingStore(databaseUrl: string): RefusingStore {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  return {
    async refuse(condition) {
      await pool.query(`create or replace function refuse() returns trigger language plpgsql as $$ begin
        if ${condition} then raise exception 'no space left' using errcode = '53100'; end if;
        return new; end $$`);
      await pool.query('create trigger refuse before insert on message for each row execute function refuse()');
    },
    async takeAgain() {
      await pool.query('drop trigger refuse on message');
    },
    close: () => pool.end(),
  };
}

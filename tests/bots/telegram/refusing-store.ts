import pg from 'pg';

/** A database that stops taking messages. */
export interface RefusingStore {
  /** From so many messages on, every further one is refused. */
  refuseFrom(count: number): Promise<void>;
  takeAgain(): Promise<void>;
  close(): Promise<void>;
}

/** As a full disk does: what is written fails, and all else goes on. */
export function createRefusingStore(databaseUrl: string): RefusingStore {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  return {
    async refuseFrom(count) {
      await pool.query(`create or replace function refuse() returns trigger language plpgsql as $$ begin
        if (select count(*) from message) >= ${count} then raise exception 'no space left' using errcode = '53100'; end if;
        return new; end $$`);
      await pool.query('create trigger refuse before insert on message for each row execute function refuse()');
    },
    async takeAgain() {
      await pool.query('drop trigger refuse on message');
    },
    close: () => pool.end(),
  };
}

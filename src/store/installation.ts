import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from './connection.ts';

/** Name of this installation, the same in all of its processes: made with the record, so that two Desteks can share a server beside it. */
export async function readInstallation(db: Db): Promise<string> {
  const { rows } = await db.execute<{ name: string }>(sql`
    insert into cursor (channel, name, value) values ('', 'installation', jsonb_build_object('name', ${randomUUID()}::text))
    on conflict (channel, name) do update set value = cursor.value
    returning value ->> 'name' as name`);
  return rows[0]?.name ?? '';
}

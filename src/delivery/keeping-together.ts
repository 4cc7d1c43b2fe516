import { sql } from 'drizzle-orm';
import { createBatch } from '../store/batch.ts';
import type { Db } from '../store/connection.ts';
import { asked, runStatement } from '../store/statement.ts';
import { type Kept, keepFirst, keepKnown, type Person, type Stored } from './keeping.ts';

/** A message and who wrote it. */
interface Ask {
  fact: Kept;
  person: Person;
}

type Row = { n: number; id: string | null; seq: number; conversation: string; owner: string; known: boolean };

/** Keeps messages with nothing to seal: of somebody of whom nothing has changed, or of a stranger; undefined for all others. Those of the same moment in one statement. */
export interface Keep {
  known(fact: Kept, person: Person): Promise<Stored | undefined>;
  first(fact: Kept, person: Person): Promise<Stored | undefined>;
}

/** `newKey` makes a stranger's data key. */
export function createKeep(db: Db, newKey: () => Buffer): Keep {
  const key = ({ person }: Ask) => `${person.channel} ${person.address}`;
  const known = createBatch<Ask, Stored | undefined>({
    key,
    together: (asks) => keepAllKnown(db, asks),
    alone: ({ fact, person }) => keepKnown(db, fact, person),
  });
  const first = createBatch<Ask, Stored | undefined>({
    key,
    together: (asks) => keepAllFirst(db, asks, newKey),
    alone: ({ fact, person }) => keepFirst(db, fact, person, newKey()),
  });
  return {
    // What names files takes them in the same statement.
    known: (fact, person) => (fact.body.attachments?.length || fact.body.original ? keepKnown(db, fact, person) : known({ fact, person })),
    first: (fact, person) => first({ fact, person }),
  };
}

const columns =
  'channel text, address text, name text, tier text, language text, heard boolean, external text, text text, body jsonb, findings jsonb, key text';

// As in `keep`, but of conversations that nobody holds. Nothing is known of an address: a stranger's.
async function keepAllKnown(db: Db, asks: Ask[]): Promise<Map<number, Stored | undefined>> {
  const rows = await runStatement<Row>(
    db,
    'keep_all_known',
    sql`
    with asked as materialized (
      ${asked(asks.map(rowOf), columns)}
    ), held as materialized (
      select asked.*, free.id as conversation from asked, lateral (
        select conversation.id from address a join contact k on k.id = a.contact_id join conversation on conversation.address_id = a.id
        where a.channel = asked.channel and a.value = asked.address and a.unreachable is null and conversation.closed_at is null
          and k.blocked_at is null and (asked.name is null or k.name = asked.name) and (asked.tier is null or k.tier = asked.tier)
        for no key update of conversation skip locked
      ) as free
    ), talk as (
      update conversation set last_seq = last_seq + 1,
        heard_seq = case when held.heard then last_seq + 1 else heard_seq end,
        heard_at = case when held.heard then now() else heard_at end,
        waiting_since = case when held.heard then coalesce(waiting_since, now()) else waiting_since end
      from held where conversation.id = held.conversation
      returning conversation.id, last_seq, address_id, owner, held.n, held.external, held.text, held.body, held.findings
    ), recorded as (
      insert into event (conversation_id, seq, kind, data) select id, last_seq, 'message', '{"author":"contact"}' from talk
    ), kept as (
      insert into message (conversation_id, address_id, seq, author, external_id, text, body, findings)
        select id, address_id, last_seq, 'contact', external, text, body, findings from talk
      returning id, conversation_id
    )
    select asked.n, kept.id, talk.last_seq as seq, talk.id as conversation, talk.owner,
      exists (select from address where channel = asked.channel and value = asked.address) as known
    from asked left join talk on talk.n = asked.n left join kept on kept.conversation_id = talk.id`,
  );
  return new Map(
    rows.filter(({ id, known }) => id !== null || !known).map((row) => [row.n, row.id === null ? undefined : storedOf(row, asks)]),
  );
}

// As in `keepFirst`. Another first message of one of them that is faster refuses the statement.
async function keepAllFirst(db: Db, asks: Ask[], newKey: () => Buffer): Promise<Map<number, Stored | undefined>> {
  const rows = await runStatement<Row>(
    db,
    'keep_all_first',
    sql`
    with asked as materialized (
      select asked.*, nextval(pg_get_serial_sequence('contact', 'id')) as contact, nextval(pg_get_serial_sequence('address', 'id')) as place,
        nextval(pg_get_serial_sequence('conversation', 'id')) as conversation
      from (${asked(
        asks.map((ask, n) => ({ ...rowOf(ask, n), key: newKey().toString('hex') })),
        columns,
      )}) as asked
      where not exists (select from address where channel = asked.channel and value = asked.address)
    ), k as (
      insert into contact (id, name, tier, key) overriding system value select contact, name, tier, decode(key, 'hex') from asked
    ), a as (
      insert into address (id, contact_id, channel, value) overriding system value select place, contact, channel, address from asked
    ), talk as (
      insert into conversation (id, contact_id, address_id, language, last_seq, heard_seq, heard_at, waiting_since) overriding system value
        select conversation, contact, place, language, 1, case when heard then 1 else 0 end, case when heard then now() end, case when heard then now() end
        from asked
      returning id, last_seq, owner
    ), recorded as (
      insert into event (conversation_id, seq, kind, data) select id, last_seq, 'message', '{"author":"contact"}' from talk
    ), kept as (
      insert into message (conversation_id, address_id, seq, author, external_id, text, body, findings)
        select talk.id, asked.place, talk.last_seq, 'contact', external, text, body, findings from asked join talk on talk.id = asked.conversation
      returning id, conversation_id
    )
    select asked.n, kept.id, talk.last_seq as seq, talk.id as conversation, talk.owner
    from asked join talk on talk.id = asked.conversation join kept on kept.conversation_id = talk.id`,
  );
  // Who has an address by now is no stranger.
  const strangers = new Map(rows.map((row) => [row.n, storedOf(row, asks)]));
  return new Map(asks.map((_, n) => [n, strangers.get(n)]));
}

function rowOf({ fact: { inbound, text, body, findings }, person }: Ask, n: number) {
  return { n, ...person, heard: !inbound.silent, external: inbound.id, text, body, findings };
}

function storedOf({ id, seq, conversation, owner, n }: Row, asks: Ask[]): Stored {
  return { messageId: Number(id), seq, text: asks[n]?.fact.text ?? '', repeated: false, conversationId: Number(conversation), owner };
}

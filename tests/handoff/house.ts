import { inject } from 'vitest';
import { changeOwner } from '../../src/conversation/owner.ts';
import { openQueues, type Queues } from '../../src/delivery/queues.ts';
import { createWaitingWords } from '../../src/dialogue/say-waiting.ts';
import { type Agent, addAgent } from '../../src/handoff/agents/agent.ts';
import { setPresence } from '../../src/handoff/agents/presence.ts';
import { createLine, type Line } from '../../src/handoff/line/line.ts';
import type { StaffPost, StaffText } from '../../src/handoff/staff/staff-post.ts';
import { openTicket, planTicket, type Ticket } from '../../src/handoff/ticket.ts';
import { createTimely, type Timely } from '../../src/handoff/timely.ts';
import { loadKnowledge } from '../../src/kb/load.ts';
import type { Department, Knowledge } from '../../src/kb/topic.ts';
import { createLog } from '../../src/log.ts';
import { type Db, openStore } from '../../src/store/connection.ts';
import { address, contact, conversation } from '../../src/store/schema.ts';
import { loadWords } from '../../src/words.ts';
import { newRecord } from '../setup/app.ts';
import { newRedisDatabase } from '../setup/redis.ts';
import { smallKnowledge } from '../setup/small-knowledge.ts';

/** What somebody was told outside of the desk. */
export interface Told extends StaffText {
  channel: string;
  recipient: string;
  id: string;
  attempt: number;
}

/** People, line and clock of a desk on real servers, with a double of the channels: who writes is made in the record at once. */
export interface House {
  db: Db;
  queues: Queues;
  line: Line;
  timely: Timely;
  knowledge: Knowledge;
  told: Told[];
  /** What sending does before it succeeds. */
  onPost(before: StaffPost): void;
  agent(over?: Partial<Agent>): Promise<Agent>;
  /** Somebody is handed over to a department, so many minutes ago. */
  handOver(
    over?: Partial<Pick<Ticket, 'department' | 'urgency' | 'language'>> & { minutesAgo?: number; tier?: string; channel?: string },
  ): Promise<number>;
  ticket(id: number): Promise<Record<string, unknown> & { level: string; state: string; place: number; conversation_id: string }>;
  query<T extends object>(text: string): Promise<T[]>;
  /** Works on what is woken, as a process does. */
  work(): void;
  close(): Promise<void>;
}

/** Opens a house whose departments and desk.yaml are changed. */
export async function openHouse(departments: Partial<Department>[] = [], desk: Partial<Knowledge['desk']> = {}): Promise<House> {
  const log = createLog(process.env.TEST_LOG ?? 'silent');
  const store = openStore(await newRecord(), log, 8);
  const { db } = store;
  const redis = inject('redisUrl') as string | undefined;
  const queues = await openQueues({ databaseUrl: store.url, redisUrl: redis && (await newRedisDatabase(redis)), log });
  const line = createLine(queues);
  const { knowledge: loaded } = await loadKnowledge(smallKnowledge);
  const knowledge: Knowledge = {
    ...loaded,
    departments: loaded.departments.map((each) => ({ ...each, ...departments.find(({ id }) => id === each.id) })),
    desk: { ...loaded.desk, ...desk },
  };
  const words = loadWords();
  const told: Told[] = [];
  let before: StaffPost = async () => {};
  const timely = createTimely({
    db,
    queues,
    line,
    log,
    words,
    knowledge: () => knowledge,
    live: (channel) => channel !== 'letters',
    waiting: createWaitingWords(words, () => knowledge),
    async post(place, said, sending) {
      await before(place, said, sending);
      told.push({ channel: place.channel, recipient: place.recipient, ...said, id: sending.id, attempt: sending.attempt });
    },
    publicUrl: () => 'https://desk.demobet.example',
  });
  const query: House['query'] = async (text) => (await store.pool.query(text)).rows;
  let made = 0;
  return {
    db,
    queues,
    line,
    timely,
    knowledge,
    told,
    query,
    onPost(next) {
      before = next;
    },
    async agent(over = {}) {
      const wish = {
        email: `a${++made}@demobet.example`,
        name: `Agent ${made}`,
        role: 'agent' as const,
        departments: ['support'],
        languages: [],
      };
      const row = await addAgent(db, { ...wish, ...over });
      await setPresence(db, row.id, over.presence ?? 'online');
      if (over.capacity !== undefined) await query(`update agent set capacity = ${over.capacity} where id = ${row.id}`);
      return { ...row, presence: over.presence ?? 'online', capacity: over.capacity ?? row.capacity };
    },
    async handOver({ department = 'support', urgency = 'normal', language = 'en', minutesAgo = 0, tier, channel = 'chat' } = {}) {
      const [person] = await db
        .insert(contact)
        .values({ key: Buffer.alloc(32), name: 'Aysel Əliyeva', tier })
        .returning();
      const contactId = person?.id ?? 0;
      const [place] = await db
        .insert(address)
        .values({ contactId, channel, value: `somebody-${++made}` })
        .returning();
      const [talk] = await db
        .insert(conversation)
        .values({ contactId, addressId: place?.id ?? 0 })
        .returning();
      const conversationId = talk?.id ?? 0;
      const house = { department: knowledge.departments.find(({ id }) => id === department), desk: knowledge.desk };
      const now = new Date(Date.now() - minutesAgo * 60_000);
      const wish = { department, urgency, language, reason: 'asked', protects: false };
      const plan = await planTicket(db, wish, { tier: tier ?? null, live: channel !== 'letters', channel }, now, house);
      const id = await db.transaction(async (tx) => {
        await changeOwner(tx, conversationId, 'queue');
        return openTicket(tx, plan, conversationId, contactId);
      });
      await line.join({ id, place: 1, department, lineAt: plan.lineAt, conversationId });
      return id;
    },
    ticket: async (id) => (await query<never>(`select * from ticket where id = ${id}`))[0] as never,
    work() {
      queues.work('deadlines', timely.looks.deadlines);
      queues.work('notices', timely.looks.notices);
    },
    async close() {
      await queues.close();
      await store.close();
    },
  };
}

import { z } from 'zod';
import { recordEvent } from '../../conversation/event.ts';
import { readHealth } from '../../delivery/health.ts';
import { readTroubles, type Trouble } from '../../delivery/troubles.ts';
import { Fault } from '../../errors.ts';
import { readAgentLoads, readDepartmentLoads } from '../../handoff/board.ts';
import { createInboundRate } from '../../handoff/inbound-rate.ts';
import { findTicket } from '../../handoff/lists.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers, done } from './answers.ts';
import type { Board, BoardTrouble } from './board-protocol.ts';
import { byId, time } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import { opensAt } from './opens-at.ts';

interface Parts {
  db: Db;
  knowledge(): Knowledge;
}

const dayMs = 86_400_000;
// Many supervisors look at one board.
const freshMs = 1_000;
const counted = z.array(z.object({ name: z.string(), count: z.number() }));
const troubles = z.array(
  z.object({
    channel: z.string(),
    name: z.string(),
    code: z.enum(['refused', 'away', 'silent', 'ends']),
    since: z.string().optional(),
    days: z.number().optional(),
  }),
);
const board = z.object({
  at: z.string(),
  departments: z.array(
    z.object({
      id: z.string(),
      waiting: z.number(),
      open: z.number(),
      late: z.number(),
      breaches: z.number(),
      longest: z.object({ ticketId: z.number(), number: z.string(), since: z.string() }).optional(),
      opens: z.string().optional(),
    }),
  ),
  agents: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      role: z.enum(['agent', 'supervisor']),
      presence: z.enum(['online', 'away', 'offline']),
      departments: z.array(z.string()),
      open: z.number(),
      capacity: z.number(),
    }),
  ),
  inbound: z.array(z.object({ at: z.string(), count: z.number() })),
  health: z.object({
    checkedAt: z.string().optional(),
    invariants: counted,
    stuck: counted,
    undelivered: z.object({ failed: z.number(), uncertain: z.number() }),
    aside: z.array(z.object({ channel: z.string(), name: z.string(), count: z.number() })),
    readers: z.array(z.object({ channel: z.string(), name: z.string(), held: z.boolean(), at: z.string().optional() })),
    troubles,
  }),
});

/** How the desk stands now, for supervisors, and listening in. */
export function boardRoutes(http: Http, { db, knowledge }: Parts): void {
  const { typed, supervisor, about } = openRoutes(http, db, 'board');
  const inbound = createInboundRate(db);
  let kept: { since: number; until: number; board: Promise<Board> } | undefined;

  const read = async (since: number): Promise<Board> => {
    const [departments, agents, rate, { checked, ...health }] = await Promise.all([
      readDepartmentLoads(db, new Date(since)),
      readAgentLoads(db),
      inbound(),
      readHealth(db),
    ]);
    const empty = { waiting: 0, open: 0, late: 0, breaches: 0 };
    const known = knowledge().departments.map(({ id }) => id);
    const now = new Date();
    const ids = [...known, ...departments.map(({ department }) => department).filter((id) => !known.includes(id))];
    return {
      at: now.toISOString(),
      departments: ids.map((id) => {
        const { department: _, longest, ...load } = departments.find((each) => each.department === id) ?? { department: id, ...empty };
        const opens = opensAt(knowledge(), id, now);
        return { id, ...load, longest: longest && { ...longest, since: longest.since.toISOString() }, opens };
      }),
      agents,
      inbound: rate.map(({ at, count }) => ({ at: new Date(at).toISOString(), count })),
      health: {
        ...health,
        checkedAt: checked && new Date(checked.at).toISOString(),
        invariants: list(checked?.invariants),
        stuck: list(checked?.stuck),
        readers: health.readers.map(({ at, ...reader }) => ({ ...reader, at: at === undefined ? undefined : new Date(at).toISOString() })),
        troubles: health.troubles.map(present),
      },
    };
  };

  typed.get(
    '/api/desk/board',
    {
      ...supervisor,
      schema: {
        ...about('Departments, agents, messages and health as they are now'),
        querystring: z.strictObject({ since: time.optional() }),
        response: answers(board),
      },
    },
    async ({ query }) => {
      const now = Date.now();
      // At most two days back: what is older is a report's, not the board's.
      const since = Math.max(now - 2 * dayMs, Math.min(now, query.since?.getTime() ?? now - dayMs));
      // Asked without a time "now" moves on, so that only those who say when share an answer.
      if (!kept || kept.until < now || Math.abs(kept.since - since) > freshMs) kept = { since, until: now + freshMs, board: read(since) };
      return kept.board;
    },
  );
  typed.get(
    '/api/desk/troubles',
    { ...supervisor, schema: { ...about('Channels that are out, and consents that end soon'), response: answers(troubles) } },
    async () => (await readTroubles(db)).map(present),
  );
  typed.post(
    '/api/desk/tickets/:id/listen',
    {
      ...supervisor,
      schema: {
        ...about('Note that I read a conversation that is not mine'),
        params: byId,
        response: answers(done),
      },
    },
    async ({ agent: by, params: { id } }) => {
      const found = await findTicket(db, by, id);
      if (!found) throw new Fault('not-found', 'There is no such ticket.');
      const { conversationId, number, department } = found.ticket;
      await recordEvent(db, conversationId, { kind: 'listened', data: { ticketId: id, number, department }, agentId: by.id });
      return {};
    },
  );
}

function present(trouble: Trouble): BoardTrouble {
  return trouble.code === 'ends' ? trouble : { ...trouble, since: trouble.since.toISOString() };
}

function list(counts: Record<string, number> = {}): { name: string; count: number }[] {
  return Object.entries(counts).map(([name, count]) => ({ name, count }));
}

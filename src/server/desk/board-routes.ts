import { z } from 'zod';
import { recordEvent } from '../../conversation/event.ts';
import { readHealth } from '../../delivery/health.ts';
import { readTroubles } from '../../delivery/troubles.ts';
import { readAgentLoads, readDepartmentLoads } from '../../handoff/board.ts';
import { createInboundRate } from '../../handoff/inbound-rate.ts';
import { readTicket } from '../../handoff/lists/lists.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers } from './answers.ts';
import type { Board } from './board-protocol.ts';
import { board, troubles } from './board-schema.ts';
import { time } from './inputs.ts';
import { openRoutes } from './open-routes.ts';
import { presentBoard, presentTrouble } from './present-board.ts';

interface Parts {
  db: Db;
  knowledge(): Knowledge;
}

const dayMs = 86_400_000;
// Many supervisors look at one board.
const freshMs = 1_000;

/** How the desk stands now, for supervisors, and listening in. */
export function boardRoutes(http: Http, { db, knowledge }: Parts): void {
  const { typed, supervisor, about, act } = openRoutes(http, db, 'board');
  const inbound = createInboundRate(db);
  let kept: { since: number; until: number; board: Promise<Board> } | undefined;

  const read = async (since: number): Promise<Board> => {
    const [departments, agents, rate, health] = await Promise.all([
      readDepartmentLoads(db, new Date(since)),
      readAgentLoads(db),
      inbound(),
      readHealth(db),
    ]);
    return presentBoard({ departments, agents, rate, health }, knowledge(), new Date());
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
    async () => (await readTroubles(db)).map(presentTrouble),
  );
  act('/api/desk/tickets/:id/listen', supervisor, 'Note that I read a conversation that is not mine', async (by, id) => {
    const { conversationId, number, department } = (await readTicket(db, by, id)).ticket;
    await recordEvent(db, conversationId, { kind: 'listened', data: { ticketId: id, number, department }, agentId: by.id });
  });
}

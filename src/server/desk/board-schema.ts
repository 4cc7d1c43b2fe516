import { z } from 'zod';
import type { Board, BoardTrouble } from './board-protocol.ts';
import { presence, role } from './codes.ts';

const counted = z.array(z.object({ name: z.string(), count: z.number() }));
/** Channels that are out, and consents that end soon. */
export const troubles: z.ZodType<BoardTrouble[]> = z.array(
  z.object({
    channel: z.string(),
    name: z.string(),
    code: z.enum(['refused', 'taken', 'away', 'unreached', 'silent', 'ends']),
    since: z.string().optional(),
    days: z.number().optional(),
  }),
);
/** How the desk stands. */
export const board: z.ZodType<Board> = z.object({
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
      role,
      presence,
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

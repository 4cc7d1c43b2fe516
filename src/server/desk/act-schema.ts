import { z } from 'zod';
import type { MergeSide, MergeSides, Receiver, Receivers } from './act-protocol.ts';
import { presence, ticketState } from './codes.ts';

const time = z.string().describe('ISO 8601');

const receiver: z.ZodType<Receiver> = z.object({
  id: z.number(),
  name: z.string(),
  presence,
  open: z.number(),
  capacity: z.number(),
  languages: z.array(z.string()),
  speaks: z.boolean(),
  unfit: z.string().optional().describe('Why they cannot get it: presence, capacity, department, level'),
});

/** To whom a ticket may be handed. */
export const receivers: z.ZodType<Receivers> = z.object({
  agents: z.array(receiver),
  closed: z.record(z.string(), z.string()).describe('Departments that are closed now, and when each opens'),
});

const side: z.ZodType<MergeSide> = z.object({
  id: z.number(),
  name: z.string().optional(),
  tier: z.string().optional(),
  language: z.string().optional(),
  verified: z.boolean(),
  protected: z.boolean(),
  blocked: z.boolean(),
  channels: z.array(z.string()),
  since: time,
  tickets: z.array(
    z.object({
      number: z.string(),
      state: ticketState,
      topic: z.string().optional(),
      reason: z.string(),
      createdAt: time,
    }),
  ),
});

/** Two contacts beside each other. */
export const mergeSides: z.ZodType<MergeSides> = z.object({ into: side, from: side });

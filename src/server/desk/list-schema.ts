import { z } from 'zod';
import { ticketState, urgency } from './codes.ts';
import type { Filters, ListedLine, TicketList } from './list-protocol.ts';
import type { TicketLine } from './protocol.ts';

const time = z.string().describe('ISO 8601');

const line = z.object({
  id: z.number(),
  number: z.string(),
  state: ticketState,
  level: z.enum(['operator', 'supervisor', 'investigation']),
  department: z.string(),
  reason: z.string(),
  topic: z.string().optional(),
  topicTitle: z.string().optional(),
  language: z.string(),
  urgency,
  channel: z.string(),
  contact: z.object({ id: z.number(), name: z.string().optional() }),
  assignee: z.object({ id: z.number(), name: z.string() }).optional(),
  preview: z.string().describe("Start of the contact's last message, masked"),
  createdAt: time,
  firstAnswerDue: time,
  firstAnswerAt: time.optional(),
  nextAnswerDue: time.optional(),
  resolutionDue: time,
  resolvedAt: time.optional(),
  snoozedUntil: time.optional(),
  outcome: z.string().optional(),
  tags: z.array(z.string()),
  heardSeq: z.number().describe("Number of the contact's newest message"),
  lastAt: time.optional(),
  unread: z.boolean().describe('The contact wrote since this agent last looked'),
});

/** A ticket, for OpenAPI and the check of what goes out. */
export const ticketLine: z.ZodType<TicketLine> = line;

/** A ticket of a list. */
const listedLine: z.ZodType<ListedLine> = line.extend({
  place: z.array(z.number()).describe('Lines stand in the order of these numbers'),
});

/** The answer to a list. */
export const ticketList: z.ZodType<TicketList> = z.object({
  tickets: z.array(listedLine),
  counts: z.object({ waiting: z.number(), mine: z.number(), all: z.number(), snoozed: z.number() }),
  more: z.boolean(),
  cursor: z.string(),
});

/** What lists may be narrowed to. */
export const filters: z.ZodType<Filters> = z.object({
  channels: z.array(z.string()),
  languages: z.array(z.string()),
  tags: z.array(z.string()),
});

import { z } from 'zod';
import { ticketState } from './codes.ts';
import { ticketLine } from './list-schema.ts';
import type { TicketView } from './protocol.ts';
import type { AroundTicket, DeskEvent, DeskFile, DeskMessage, DeskNote, OtherTicket, Why } from './talk-protocol.ts';

const time = z.string().describe('ISO 8601');
const data = z.record(z.string(), z.unknown());
const name = z.string().optional();

const why: z.ZodType<Why> = z.object({
  act: z.string(),
  topic: name,
  topicTitle: name,
  reason: name,
  confidence: z.number(),
  candidates: z.array(z.object({ id: z.string(), title: name, score: z.number() })),
  signals: z.array(z.string()),
});

const file: z.ZodType<DeskFile> = z.object({
  id: z.string().optional(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  refused: z.string().optional(),
  state: z.enum(['arriving', 'kept', 'quarantined', 'removed']).optional(),
  scan: z.enum(['clean', 'infected', 'not-scanned']).optional(),
  identity: z.boolean().optional(),
  preview: z.boolean().optional(),
});

const message: z.ZodType<DeskMessage> = z.object({
  id: z.number(),
  conversationId: z.number(),
  channel: z.string(),
  seq: z.number().nullable(),
  author: z.enum(['contact', 'bot', 'agent', 'system']),
  agent: name,
  text: z.string().describe('Masked'),
  subject: z.string().optional(),
  quoted: z.string().optional(),
  full: z.boolean().optional(),
  original: z.string().optional(),
  choices: z.array(z.string()).optional(),
  attachments: z.array(file).optional(),
  delivery: z.enum(['pending', 'sending', 'sent', 'uncertain', 'failed', 'withdrawn']).optional(),
  failure: z.string().optional(),
  masked: z.array(z.string()).optional(),
  marks: z.array(z.string()).optional(),
  silent: z.string().optional(),
  editedAt: time.optional(),
  deletedAt: time.optional(),
  why: why.optional(),
  at: time,
});

const event: z.ZodType<DeskEvent> = z.object({
  id: z.number(),
  conversationId: z.number(),
  seq: z.number(),
  kind: z.string(),
  data,
  agent: name,
  at: time,
});

const note: z.ZodType<DeskNote> = z.object({ id: z.number(), ticketId: z.number(), agent: name, text: z.string(), at: time });

const other: z.ZodType<OtherTicket> = z.object({
  id: z.number(),
  number: z.string(),
  state: ticketState,
  department: z.string(),
  reason: z.string(),
  topicTitle: name,
  outcome: z.string().optional(),
  createdAt: time,
});

const around: z.ZodType<AroundTicket> = z.object({
  places: z.array(
    z.object({
      id: z.number(),
      channel: z.string(),
      unreachable: z.string().optional(),
      lastAt: time.optional(),
      here: z.boolean(),
      open: z.string().optional(),
    }),
  ),
  others: z.array(other),
  links: z.array(other),
  callBack: z.object({ ending: z.string(), wishedAt: time, doneAt: time.optional() }).optional(),
});

/** A ticket with its conversation, for OpenAPI and the check of what goes out. */
export const ticketView: z.ZodType<TicketView> = z.object({
  ticket: ticketLine,
  conversationId: z.number(),
  owner: z.enum(['bot', 'queue', 'agent']),
  messages: z.array(message),
  events: z.array(event),
  notes: z.array(note),
  earlier: z.boolean(),
  heardSeq: z.number(),
  contact: z.object({
    id: z.number(),
    name,
    language: z.string().optional(),
    tier: z.string().optional(),
    verified: z.boolean(),
    protected: z.boolean(),
    blockedAt: time.optional(),
    about: z.object({ player: z.string().optional(), email: z.string().optional(), verified: z.boolean().optional() }).optional(),
  }),
  around,
  opens: time.optional(),
  survey: z.object({ solved: z.boolean().optional(), score: z.number().optional(), comment: z.string().optional() }).optional(),
  cursor: z.string(),
});

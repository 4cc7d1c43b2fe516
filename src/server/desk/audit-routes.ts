import { Readable } from 'node:stream';
import { z } from 'zod';
import { recordFact } from '../../conversation/event.ts';
import { type AuditFilter, isAuditCursor, listAudit, listKinds, readAudit } from '../../handoff/audit.ts';
import { csvHead, csvLine, jsonLine } from '../../handoff/audit-text.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import { answers } from './answers.ts';
import { idText, time } from './inputs.ts';
import { openRoutes } from './open-routes.ts';

const filter = z.strictObject({
  agent: idText.optional(),
  kind: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  ticket: z.string().trim().max(20).optional(),
  from: time.optional(),
  to: time.optional(),
});
const paged = filter.extend({ after: z.string().refine(isAuditCursor, { error: 'is no cursor of this list.' }).optional() });
const exported = filter.extend({ format: z.enum(['csv', 'jsonl']) });
const page = z.object({
  acts: z.array(
    z.object({
      id: z.number(),
      at: z.string(),
      kind: z.string(),
      data: z.record(z.string(), z.unknown()),
      agentId: z.number().optional(),
      agent: z.string().optional(),
      ticketId: z.number().optional(),
      ticket: z.string().optional(),
    }),
  ),
  next: z.string().optional(),
});
const pageSize = 100;
const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' };

/** What was done, by whom and when, for supervisors: under /api/desk/audit. An export is an act too. */
export function auditRoutes(http: Http, { db }: { db: Db }): void {
  const { typed, supervisor, about } = openRoutes(http, db, 'audit');

  typed.get(
    '/api/desk/audit',
    { ...supervisor, schema: { ...about('A page of the audit, newest first'), querystring: paged, response: answers(page) } },
    async ({ query }) => {
      const lines = await listAudit(db, wanted(query), query.after, pageSize);
      return {
        acts: lines.map(({ cursor: _, ...line }) => ({ ...line, at: line.at.toISOString() })),
        next: lines.length < pageSize ? undefined : lines.at(-1)?.cursor,
      };
    },
  );
  typed.get(
    '/api/desk/audit/kinds',
    { ...supervisor, schema: { ...about('Every kind of event there is'), response: answers(z.array(z.string())) } },
    () => listKinds(db),
  );
  typed.get(
    '/api/desk/audit/export',
    {
      ...supervisor,
      schema: {
        ...about('Everything that a filter means, as CSV or JSON lines'),
        produces: Object.values(types),
        querystring: exported,
        response: answers(z.any().describe('The file')),
      },
    },
    async ({ agent: by, query }, reply) => {
      const { format, ...filters } = query;
      await recordFact(db, { kind: 'export', data: { what: 'audit', format, ...filters }, agentId: by.id });
      return reply
        .type(types[format])
        .header('content-disposition', `attachment; filename="audit-${new Date().toISOString().slice(0, 10)}.${format}"`)
        .send(Readable.from(exportOf(db, wanted(query), format)));
    },
  );
}

async function* exportOf(db: Db, filters: AuditFilter, format: 'csv' | 'jsonl'): AsyncGenerator<string> {
  if (format === 'csv') yield csvHead;
  for await (const each of readAudit(db, filters)) yield each.map(format === 'csv' ? csvLine : jsonLine).join('');
}

function wanted({ agent, kind, ticket, from, to }: z.infer<typeof filter>): AuditFilter {
  return { agentId: agent, kind, ticket: ticket || undefined, from, to };
}

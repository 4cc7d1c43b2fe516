import type { FactName } from '../../conversation/event-names.ts';

export type { FactName };

// The audit, for supervisors. Types only.

/** GET /api/desk/audit?agent=&kind=&ticket=&from=&to=&after=: a page, newest first; `next` goes into `after` for the one below it. */
export interface AuditPage {
  acts: AuditAct[];
  next?: string;
}

export interface AuditAct {
  id: number;
  at: string;
  kind: string;
  /** Ids and codes. */
  data: Record<string, unknown>;
  agentId?: number;
  agent?: string;
  ticketId?: number;
  ticket?: string;
}

// GET /api/desk/audit/kinds → string[] · GET /api/desk/audit/export?format=csv|jsonl and the same filters: everything, as a file.

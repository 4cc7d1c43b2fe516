import type { Webhooks } from '../../delivery/webhooks/webhooks.ts';
import type { Known } from '../../dialogue/understand.ts';
import type { Desk } from '../../handoff/acts/desk.ts';
import type { Db } from '../../store/connection.ts';
import type { Words } from '../../words.ts';
import type { Http } from '../http.ts';
import { agentRoutes } from './agent-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { boardRoutes } from './board-routes.ts';
import { knowledgeRoutes } from './knowledge-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

interface Parts {
  db: Db;
  desk: Desk;
  words: Words;
  known(): Known;
  webhooks: Webhooks;
  knowledgeDir: string;
  publicUrl(): string;
}

/** Everything that only supervisors' pages call. */
export function superviseRoutes(http: Http, { db, desk, words, known, webhooks, knowledgeDir, publicUrl }: Parts): void {
  const knowledge = () => known().knowledge;
  boardRoutes(http, { db, knowledge });
  agentRoutes(http, { db, desk, knowledge, publicUrl });
  knowledgeRoutes(http, { db, words, known, dir: knowledgeDir });
  auditRoutes(http, { db });
  webhookRoutes(http, { db, webhooks });
}

import { z } from 'zod';
import type { Known } from '../../dialogue/understand.ts';
import { readMissed } from '../../handoff/missed.ts';
import { checkApart } from '../../kb/check-apart.ts';
import type { KnowledgeFault } from '../../kb/fault.ts';
import type { Db } from '../../store/connection.ts';
import type { Words } from '../../words.ts';
import type { Http } from '../http.ts';
import { answers } from './answers.ts';
import { inLanguage, language } from './inputs.ts';
import { explained, gapsView, knowledgeView } from './knowledge-schema.ts';
import { explainText, presentGaps, presentKnowledge } from './knowledge-view.ts';
import { openRoutes } from './open-routes.ts';

interface Parts {
  db: Db;
  words: Words;
  known(): Known;
  /** The folder, to say what is wrong with it now. */
  dir: string;
}

// The folder is not checked for everybody who looks.
const freshMs = 10_000;
/** So many missed messages are grouped, the newest. */
const mostMissed = 1_000;

/** What supervisors see of the knowledge: coverage and faults, a box to try it, what it does not answer. Read only. */
export function knowledgeRoutes(http: Http, { db, words, known, dir }: Parts): void {
  const { typed, supervisor, about } = openRoutes(http, db, 'knowledge');
  let kept: { until: number; faults: Promise<KnowledgeFault[]> } | undefined;
  const check = () => {
    if (!kept || kept.until < Date.now()) kept = { until: Date.now() + freshMs, faults: checkApart(dir) };
    return kept.faults;
  };

  typed.get(
    '/api/desk/knowledge',
    {
      ...supervisor,
      schema: {
        ...about('Topics, their coverage by language, and what is wrong with them'),
        querystring: inLanguage,
        response: answers(knowledgeView),
      },
    },
    async ({ query }) => presentKnowledge(known(), await check(), query.language),
  );
  typed.post(
    '/api/desk/knowledge/ask',
    {
      ...supervisor,
      schema: {
        ...about('What the bot would answer to a text, and why'),
        querystring: inLanguage,
        body: z.strictObject({ text: z.string().trim().min(1).max(2_000) }),
        response: answers(explained),
      },
    },
    async ({ body, query }) => explainText(known(), words, body.text, query.language),
  );
  typed.get(
    '/api/desk/knowledge/gaps',
    {
      ...supervisor,
      schema: {
        ...about('Messages that were not answered well, in groups'),
        querystring: z.strictObject({ language, days: z.coerce.number().int().min(1).max(90).default(30) }),
        response: answers(gapsView),
      },
    },
    async ({ query }) => presentGaps(known(), await readMissed(db, query.days, mostMissed), query.language),
  );
}

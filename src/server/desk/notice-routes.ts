import { z } from 'zod';
import { titleOf } from '../../dialogue/say.ts';
import type { Known } from '../../dialogue/understand.ts';
import { Fault } from '../../errors.ts';
import { listAgents } from '../../handoff/agents/agent.ts';
import { createNotice, endNotice, listNotices, type Notice } from '../../handoff/notice.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import type { NoticeList } from './announce-protocol.ts';
import { answers } from './answers.ts';
import { clientId, inLanguage, time } from './inputs.ts';
import { openRoutes } from './open-routes.ts';

const language = z.string().max(20);
const texts = z.record(language, z.string().max(1_000));
const topic = z.object({ id: z.string(), title: z.string() });
const list = z.object({
  notices: z.array(
    z.object({
      id: z.int(),
      texts,
      topics: z.array(topic),
      startsAt: z.string(),
      endsAt: z.string().optional(),
      active: z.boolean(),
      agent: z.string().optional(),
    }),
  ),
  topics: z.array(topic),
  languages: z.array(language),
});
const wish = z.strictObject({
  id: clientId.optional(),
  texts,
  topics: z.array(z.string().max(200)).max(500),
  endsAt: time.optional(),
});

/** Service notices for supervisors (announce-protocol.ts), under /api/desk/notices. */
export function noticeRoutes(http: Http, { db, known }: { db: Db; known(): Known }): void {
  const { typed, supervisor, about, act } = openRoutes(http, db, 'notices');

  typed.get(
    '/api/desk/notices',
    {
      ...supervisor,
      schema: {
        ...about('Service notices, newest first, and the topics that there are'),
        querystring: inLanguage,
        response: answers(list),
      },
    },
    async ({ query }): Promise<NoticeList> => {
      const { knowledge } = known();
      const [rows, agents] = [await listNotices(db), await listAgents(db)];
      const named = (topicId: string) => ({ id: topicId, title: titleOf(topicId, { knowledge, language: query.language }) });
      return {
        notices: rows.map((row) => ({
          id: row.id,
          texts: row.texts,
          topics: row.topics.map(named),
          startsAt: row.startsAt.toISOString(),
          endsAt: row.endsAt?.toISOString(),
          active: holds(row),
          agent: agents.find(({ id }) => id === row.agentId)?.name,
        })),
        topics: [...knowledge.topics.keys()].map(named),
        languages: knowledge.languages,
      };
    },
  );
  typed.post(
    '/api/desk/notices',
    {
      ...supervisor,
      schema: {
        ...about('Say something before the answers on some topics'),
        body: wish,
        response: answers(z.object({ id: z.int() })),
      },
    },
    async ({ body, agent }) => {
      const unknown = body.topics.filter((topicId) => !known().knowledge.topics.has(topicId));
      if (unknown.length > 0) throw new Fault('input.invalid', `There is no topic ${unknown.join(', ')}.`);
      const { id, ...wished } = body;
      const made = await createNotice(db, { ...wished, agentId: agent.id, clientId: id });
      return { id: made.id };
    },
  );
  act('/api/desk/notices/:id/end', supervisor, 'End a notice now', (by, id) => endNotice(db, id, by.id));
}

function holds({ startsAt, endsAt }: Notice): boolean {
  const now = Date.now();
  return startsAt.getTime() <= now && (endsAt === null || endsAt.getTime() > now);
}

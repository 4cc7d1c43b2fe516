import type { Agent } from '../../handoff/agents/agent.ts';
import type { Db } from '../../store/connection.ts';
import type { Http, ZodTypeProvider } from '../http.ts';
import { answers, done } from './answers.ts';
import { requireAgent } from './auth.ts';
import { byId } from './inputs.ts';

type Run = (by: Agent, id: number) => Promise<unknown>;

/**
 * What every file of desk routes begins with: `typed` adds a route whose inputs and answers are zod's, `signedIn` or `supervisor` says who may call it,
 * `about` says on the API page what it is for, under `tag`; `act` adds something that is done to one thing, by the `:id` in its path, and that answers
 * nothing but that it is done. Who may is asked before what they sent is looked at.
 */
export function openRoutes(http: Http, db: Db, tag: string) {
  const typed = http.withTypeProvider<ZodTypeProvider>();
  const about = (summary: string) => ({ tags: [tag], summary });
  return {
    typed,
    signedIn: { preValidation: requireAgent(db) },
    supervisor: { preValidation: requireAgent(db, 'supervisor') },
    about,
    act(path: string, may: { preValidation: ReturnType<typeof requireAgent> }, summary: string, run: Run): void {
      const schema = { ...about(summary), params: byId, response: answers(done) };
      typed.post(path, { ...may, schema }, async ({ agent, params: { id } }) => {
        await run(agent, id);
        return {};
      });
    },
  };
}

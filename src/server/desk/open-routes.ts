import type { Db } from '../../store/connection.ts';
import type { Http, ZodTypeProvider } from '../http.ts';
import { requireAgent } from './auth.ts';

/**
 * What every file of desk routes begins with: `typed` adds a route whose inputs and answers are zod's, `signedIn` or `supervisor` says who may call it,
 * `about` says on the API page what it is for, under `tag`. Who may is asked before what they sent is looked at.
 */
export function openRoutes(http: Http, db: Db, tag: string) {
  return {
    typed: http.withTypeProvider<ZodTypeProvider>(),
    signedIn: { preValidation: requireAgent(db) },
    supervisor: { preValidation: requireAgent(db, 'supervisor') },
    about: (summary: string) => ({ tags: [tag], summary }),
  };
}

import { z } from 'zod';
import { Fault } from '../../errors.ts';
import type { Desk } from '../../handoff/acts/desk.ts';
import { type Agent, listAgents } from '../../handoff/agents/agent.ts';
import { changeAgent, disableAgent, enableAgent, inviteAgent, linkAgent, signOutAgent } from '../../handoff/agents/manage-agent.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Db } from '../../store/connection.ts';
import type { Http } from '../http.ts';
import type { AgentLine } from './agent-protocol.ts';
import { answers } from './answers.ts';
import { presence, role } from './codes.ts';
import { byId } from './inputs.ts';
import { openRoutes } from './open-routes.ts';

interface Parts {
  db: Db;
  desk: Desk;
  publicUrl(): string;
  knowledge(): Knowledge;
}

const change = z.strictObject({
  name: z.string().trim().min(1).max(80),
  role,
  departments: z.array(z.string().max(80)).max(200),
  languages: z.array(z.string().trim().min(2).max(20)).max(40),
  capacity: z.int().min(1).max(500),
});
const newAgent = change.extend({ email: z.email().max(200), capacity: change.shape.capacity.default(10) });
const line = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  role,
  departments: z.array(z.string()),
  languages: z.array(z.string()),
  capacity: z.number(),
  presence,
  disabled: z.boolean(),
  invited: z.boolean(),
});
const link = z.object({ link: z.string() });

/** How supervisors manage agents, under /api/desk/agents. */
export function agentRoutes(http: Http, { db, desk, publicUrl, knowledge }: Parts): void {
  const { typed, supervisor, about, act } = openRoutes(http, db, 'agents');
  const welcome = (token: string) => ({ link: `${publicUrl()}/desk/welcome#token=${token}` });

  typed.get('/api/desk/agents', { ...supervisor, schema: { ...about('All agents'), response: answers(z.array(line)) } }, async () =>
    (await listAgents(db)).map(present),
  );
  typed.post(
    '/api/desk/agents',
    {
      ...supervisor,
      schema: { ...about('Invite an agent: answers with their one-time link (72 h)'), body: newAgent, response: answers(link) },
    },
    async ({ agent: by, body }) => {
      checkDepartments(body.departments, knowledge());
      return welcome(await inviteAgent(db, by.id, body));
    },
  );
  typed.post(
    '/api/desk/agents/:id',
    { ...supervisor, schema: { ...about('Change an agent'), params: byId, body: change, response: answers(line) } },
    async ({ agent: by, params: { id }, body }) => {
      checkDepartments(body.departments, knowledge());
      return present(await changeAgent(db, by.id, id, body));
    },
  );
  typed.post(
    '/api/desk/agents/:id/disable',
    {
      ...supervisor,
      schema: {
        ...about('Shut an agent out: signed out everywhere, their tickets back in the line'),
        params: byId,
        response: answers(z.object({ returned: z.number() })),
      },
    },
    async ({ agent: by, params: { id } }) => {
      await disableAgent(db, by.id, id);
      return { returned: await desk.returnAllOf(id) };
    },
  );
  typed.post(
    '/api/desk/agents/:id/enable',
    { ...supervisor, schema: { ...about('Let an agent in again'), params: byId, response: answers(line) } },
    async ({ agent: by, params: { id } }) => present(await enableAgent(db, by.id, id)),
  );
  typed.post(
    '/api/desk/agents/:id/link',
    { ...supervisor, schema: { ...about('A new one-time link (72 h); earlier ones stop working'), params: byId, response: answers(link) } },
    async ({ agent: by, params: { id } }) => welcome(await linkAgent(db, by.id, id)),
  );
  act('/api/desk/agents/:id/sign-out', supervisor, "Sign all of an agent's browsers out", (by, id) => signOutAgent(db, by.id, id));
}

function present({ id, name, email, role, departments, languages, capacity, presence, disabledAt, password }: Agent): AgentLine {
  return { id, name, email, role, departments, languages, capacity, presence, disabled: disabledAt !== null, invited: password === null };
}

function checkDepartments(given: string[], { departments }: Knowledge): void {
  const wrong = given.filter((id) => departments.length > 0 && !departments.some((each) => each.id === id));
  if (wrong.length > 0)
    throw new Fault(
      'input.invalid',
      `There is no department ${wrong.join(', ')}.`,
      `departments.yaml has ${departments.map(({ id }) => id).join(', ')}.`,
    );
}

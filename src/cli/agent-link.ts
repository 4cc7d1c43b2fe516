import { parseArgs } from 'node:util';
import { Fault } from '../errors.ts';
import { listAgents } from '../handoff/agents/agent.ts';
import { linkAgent, linkHours } from '../handoff/agents/manage-agent.ts';
import { sayLink } from './agent-add.ts';
import { withRecord } from './record.ts';

/** `destek agent link`: a new one-time link, also for the only supervisor, whom nobody at the desk could give one. */
export async function agentLink(argv: string[]): Promise<number> {
  const { positionals } = parseArgs({ args: argv, allowPositionals: true, options: {} });
  const [email = ''] = positionals;
  if (positionals.length !== 1) throw new Fault('call.wrong', 'Give one e-mail address.');
  return withRecord(async ({ db }, config) => {
    const agents = await listAgents(db);
    const found = agents.find((agent) => agent.email === email.trim().toLowerCase());
    if (!found)
      throw new Fault(
        'not-found',
        `There is no agent with the e-mail ${email}.`,
        agents.length > 0 ? `There are: ${agents.map((agent) => agent.email).join(', ')}` : 'Add them with: destek agent add',
      );
    console.log(sayLink(`A new link for ${found.name}`, config, await linkAgent(db, undefined, found.id), linkHours));
    return 0;
  });
}

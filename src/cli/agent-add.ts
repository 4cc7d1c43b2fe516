import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { Fault } from '../errors.ts';
import { addAgent } from '../handoff/agents/agent.ts';
import { invite } from '../handoff/agents/invitation.ts';
import { linkHours } from '../handoff/agents/manage-agent.ts';
import { loadKnowledge } from '../kb/load.ts';
import { withRecord } from './record.ts';

/** `destek agent add`: adds somebody to the desk and prints their one-time link. Without --departments they get all. */
export async function agentAdd(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { supervisor: { type: 'boolean' }, departments: { type: 'string' }, languages: { type: 'string' } },
  });
  const [email = '', name = ''] = positionals;
  if (!/^\S+@\S+$/.test(email))
    throw new Fault('call.wrong', email ? `“${email}” is no e-mail address.` : 'Give their e-mail address and name.');
  if (!name.trim()) throw new Fault('call.wrong', 'Give their name too, as contacts will see it.');
  if (positionals.length > 2) throw new Fault('call.wrong', `Put the name in quotes: "${positionals.slice(1).join(' ')}".`);
  return withRecord(async ({ db }, config) => {
    const known = (await loadKnowledge(config.KNOWLEDGE_DIR)).knowledge.departments.map(({ id }) => id);
    const departments = list(values.departments) ?? known;
    const wrong = departments.filter((id) => known.length > 0 && !known.includes(id));
    if (wrong.length > 0) {
      console.error(`destek agent add: there is no department ${wrong.join(', ')}; departments.yaml has ${known.join(', ')}.`);
      return 1;
    }
    const made = await addAgent(db, {
      email,
      name,
      role: values.supervisor ? 'supervisor' : 'agent',
      departments,
      languages: list(values.languages) ?? [],
    });
    console.log(sayLink(`${name} is added`, config, await invite(db, made.id, linkHours), linkHours));
    return 0;
  });
}

/** What is printed of somebody's one-time link. */
export function sayLink(what: string, { PUBLIC_URL, HOST, PORT }: Config, token: string, hours: number): string {
  const base = PUBLIC_URL ?? `http://${HOST}:${PORT}`;
  return `${what}. Send them this link; it works once, within ${hours} hours:\n  ${base}/desk/welcome#token=${token}`;
}

function list(given: string | undefined): string[] | undefined {
  return given
    ?.split(',')
    .map((each) => each.trim())
    .filter(Boolean);
}

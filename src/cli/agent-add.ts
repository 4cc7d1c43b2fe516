import { parseArgs } from 'node:util';
import { addAgent } from '../handoff/agent.ts';
import { invite } from '../handoff/invitation.ts';
import { loadKnowledge } from '../kb/load.ts';
import { withRecord } from './record.ts';

const usage = 'Usage: destek agent add E-MAIL "NAME" [--supervisor] [--departments support,finance] [--languages tr,en]';

/** `destek agent add`: adds somebody to the desk and prints their one-time link (72 h). Without --departments they get all. */
export async function agentAdd(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { supervisor: { type: 'boolean' }, departments: { type: 'string' }, languages: { type: 'string' } },
  });
  const [email = '', name = ''] = positionals;
  if (!/^\S+@\S+$/.test(email) || !name.trim()) {
    console.error(usage);
    return 2;
  }
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
    const base = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
    console.log(
      `${name} is added. Send them this link; it works once, within 72 hours:\n  ${base}/desk/welcome#token=${await invite(db, made.id, 72)}`,
    );
    return 0;
  });
}

function list(given: string | undefined): string[] | undefined {
  return given
    ?.split(',')
    .map((each) => each.trim())
    .filter(Boolean);
}

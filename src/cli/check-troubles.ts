import { channels } from '../bots/index.ts';
import { readTroubles } from '../delivery/troubles.ts';
import type { Db } from '../store/connection.ts';

/** What the running Destek found out about what its channels read from and send by, for `destek doctor`. Throws where something is out. */
export async function checkTroubles(db: Db): Promise<string> {
  const troubles = await readTroubles(db);
  const said = troubles.map((trouble) => {
    const what = `${channels.find(({ name }) => name === trouble.channel)?.label ?? trouble.channel} (${trouble.name})`;
    return trouble.code === 'ends'
      ? `${what}: the consent by which we sign in ends in ${trouble.days} days`
      : `${what} ${outages[trouble.code]} since ${trouble.since.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  });
  if (troubles.some(({ code }) => code !== 'ends')) throw new Error(said.join('; '));
  return said.join('; ') || 'none is out';
}

const outages = {
  refused: 'has not let us in',
  taken: 'has been received from by another program (stop it, or give it another bot)',
  away: 'has not worked, most likely its server cannot be reached,',
  unreached: 'has not been able to reach us (does the address of the webhook lead here?)',
  silent: 'was not looked at by anybody (does a process with its role run?)',
};

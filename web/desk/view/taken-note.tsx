import { say } from '../words.ts';
import { Beside } from './beside.tsx';
import { Icon } from './icon.tsx';

/** Stands where one would write while somebody else has the ticket. `kept`: one had begun to write. */
export function TakenNote({ by, kept }: { by: string; kept: boolean }) {
  return (
    <div class="foot-note taken" role="status">
      <Icon name="person" />
      <span>{say('taken_by', { name: by })}</span>
      <Beside />
      {kept && <p class="kept">{say('taken_kept')}</p>}
    </div>
  );
}

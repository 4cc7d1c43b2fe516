import type { DeskNote } from '../../../src/server/desk/talk-protocol.ts';
import { clockTime } from '../core/times.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** What an agent wrote for agents, in line with what was said. */
export function NoteLine({ note }: { note: DeskNote }) {
  return (
    <article class="private-note">
      <p class="by">
        <Icon name="note" />
        {say('note_by', { name: note.agent ?? say('somebody') })} <time dateTime={note.at}>{clockTime(note.at)}</time>
      </p>
      <p class="plain-text">{note.text}</p>
    </article>
  );
}

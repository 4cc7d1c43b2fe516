import type { BoardAgent } from '../../../src/server/desk/board-protocol.ts';
import { departmentName } from '../core/me.ts';
import { initials } from '../view/account-menu.tsx';
import { say } from '../words.ts';
import type { Picked } from './board-tickets.tsx';
import { word } from './words.ts';

/** Who is there, and how full their hands are; a press shows what they have. */
export function BoardAgents({ agents, pick }: { agents: BoardAgent[]; pick(what: Picked): void }) {
  if (agents.length === 0) return <p class="calm">{word('no_agents')}</p>;
  return (
    <ul class="loads">
      {agents.map(({ id, name, presence, open, capacity, departments }) => {
        const share = Math.min(1, open / capacity);
        return (
          <li key={id}>
            <button type="button" onClick={() => pick({ title: name, agentId: id })}>
              <span class="face" data-initials={initials(name)} />
              <span class="load-name">
                <strong>{name}</strong>
                <small>
                  <span class={`dot ${presence}`} /> {say(presence)}
                  {departments.length > 0 && ` · ${departments.map(departmentName).join(', ')}`}
                </small>
              </span>
              <span class="load-count">
                {word('load', { open, capacity })}
                <meter class={share >= 1 ? 'full' : ''} min={0} max={1} value={share} aria-hidden="true" />
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

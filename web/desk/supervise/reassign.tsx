import { useId, useState } from 'preact/hooks';
import type { Receiver } from '../../../src/server/desk/act-protocol.ts';
import { get } from '../core/call.ts';
import { me } from '../core/me.ts';
import { useFetched } from './fetched.ts';
import { Loaded } from './page.tsx';
import { word } from './words.ts';

/** To whom a ticket goes: a department's line, or an agent who may have it. */
export function Reassign({ id, give }: { id: number; give(to: { department: string } | { agentId: number }): void }) {
  const field = useId();
  const [chosen, setChosen] = useState('');
  const receivers = useFetched(() => get<{ agents: Receiver[] }>(`tickets/${id}/receivers`), [id]);
  const submit = (event: Event) => {
    event.preventDefault();
    const [kind, value = ''] = chosen.split('/');
    if (value) give(kind === 'agent' ? { agentId: Number(value) } : { department: value });
  };
  return (
    <Loaded from={receivers}>
      {({ agents }) => (
        <form class="row" onSubmit={submit}>
          <label class="hidden" for={field}>
            {word('reassign_to')}
          </label>
          <select id={field} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
            <option value="">{word('reassign_to')}</option>
            <optgroup label={word('tab_agents')}>
              {agents
                .filter(({ unfit }) => !unfit)
                .map((agent) => (
                  <option key={agent.id} value={`agent/${agent.id}`}>
                    {agent.name}
                  </option>
                ))}
            </optgroup>
            <optgroup label={word('departments')}>
              {me.value?.allDepartments.map((department) => (
                <option key={department.id} value={`department/${department.id}`}>
                  {department.name}
                </option>
              ))}
            </optgroup>
          </select>
          <button type="submit" class="main small" aria-disabled={!chosen}>
            {word('give')}
          </button>
        </form>
      )}
    </Loaded>
  );
}

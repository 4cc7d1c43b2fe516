import { useSignal } from '@preact/signals';
import type { TicketList } from '../../../src/server/desk/list-protocol.ts';
import type { TicketLine } from '../../../src/server/desk/protocol.ts';
import { getSpoken, post } from '../core/call.ts';
import { now } from '../core/clock.ts';
import { explain } from '../core/explain.ts';
import { departmentName, me } from '../core/me.ts';
import { asRefused } from '../core/refused.ts';
import { hrefOf } from '../core/route.ts';
import { span } from '../core/times.ts';
import { Problem } from '../view/problem.tsx';
import { contactName } from '../view/ticket-row.tsx';
import { say } from '../words.ts';
import { useFetched } from './fetched.ts';
import { Loaded } from './page.tsx';
import { Reassign } from './reassign.tsx';
import { word } from './words.ts';

/** Whose tickets are looked at: a department's or an agent's. */
export type Picked = { title: string; department: string } | { title: string; agentId: number };

/** Open tickets of a department or an agent: listen in, take over, give to somebody else. */
export function BoardTickets({ picked, changed }: { picked: Picked; changed(): void }) {
  const problem = useSignal('');
  const moving = useSignal<number | undefined>(undefined);
  const list = useFetched(() =>
    getSpoken<TicketList>('tickets', { list: 'all', ...('department' in picked ? { department: picked.department } : {}) }),
  );
  const mine = ({ department, assignee }: TicketLine) =>
    'department' in picked ? department === picked.department : assignee?.id === picked.agentId;
  const act = async (id: number, path: string, body: object) => {
    try {
      await post(`tickets/${id}/${path}`, body);
      problem.value = '';
      moving.value = undefined;
    } catch (error) {
      problem.value = explain(asRefused(error));
    }
    list.again();
    changed();
  };
  const takeOver = ({ id, state }: TicketLine) =>
    void (state === 'waiting' ? act(id, 'claim', {}) : act(id, 'transfer', { agentId: me.peek()?.id }));
  return (
    <>
      <Problem text={problem.value} />
      <Loaded from={list}>
        {({ tickets }) => {
          const shown = tickets.filter(mine);
          if (shown.length === 0) return <p class="nothing">{word('none_open')}</p>;
          return (
            <ul class="board-tickets">
              {shown.map((ticket) => (
                <li key={ticket.id}>
                  <p>
                    <strong>{contactName(ticket)}</strong> <span class="number">{ticket.number}</span>
                  </p>
                  <p class="calm">
                    {departmentName(ticket.department)} · {ticket.assignee?.name ?? word('waits')} ·{' '}
                    {span(now.value - Date.parse(ticket.createdAt))}
                  </p>
                  <p class="row">
                    <a class="quiet small" href={hrefOf({ page: 'listen', ticket: ticket.id })}>
                      {word('listen')}
                    </a>
                    {ticket.assignee?.id !== me.value?.id && (
                      <button type="button" class="quiet small" onClick={() => takeOver(ticket)}>
                        {ticket.state === 'waiting' ? say('claim') : word('take_over')}
                      </button>
                    )}
                    <button
                      type="button"
                      class="quiet small"
                      aria-expanded={moving.value === ticket.id}
                      onClick={() => {
                        moving.value = moving.value === ticket.id ? undefined : ticket.id;
                      }}
                    >
                      {word('reassign')}
                    </button>
                  </p>
                  {moving.value === ticket.id && <Reassign id={ticket.id} give={(to) => void act(ticket.id, 'transfer', to)} />}
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </>
  );
}

import { useSignal, useSignalEffect } from '@preact/signals';
import type { BoardDepartment, Board as BoardView } from '../../../src/server/desk/board-protocol.ts';
import { get } from '../core/call.ts';
import { now } from '../core/clock.ts';
import { counts } from '../core/lists.ts';
import { departmentName } from '../core/me.ts';
import { hrefOf } from '../core/route.ts';
import { clockTime, moment, span } from '../core/times.ts';
import { Dialog } from '../view/dialog.tsx';
import { BoardAgents } from './board-agents.tsx';
import { BoardHealthList } from './board-health.tsx';
import { BoardTickets, type Picked } from './board-tickets.tsx';
import { useFetched } from './fetched.ts';
import { InboundChart } from './inbound-chart.tsx';
import { Loaded, Page, Wide } from './page.tsx';
import { word } from './words.ts';

const everyMs = 5_000;

/** How the desk stands now: departments, agents, messages, health. It follows what happens. */
export function Board() {
  const board = useFetched(() => get<BoardView>('board', { since: midnight() }), [], everyMs);
  const picked = useSignal<Picked | undefined>(undefined);
  const open = useSignal(false);
  // Every change of a ticket fetches the counts anew; the board follows them.
  useSignalEffect(() => {
    counts.value;
    board.again();
  });
  const pick = (what: Picked) => {
    picked.value = what;
    open.value = true;
  };
  return (
    <Page title={word('tab_board')} lead={word('board_lead')}>
      <Loaded from={board}>
        {(view) => (
          <>
            <Tiles view={view} />
            <div>
              <h2>{word('departments')}</h2>
              <Departments departments={view.departments} pick={pick} />
            </div>
            <div class="board-halves">
              <section aria-labelledby="board-agents">
                <h2 id="board-agents">{word('tab_agents')}</h2>
                <BoardAgents agents={view.agents} pick={pick} />
              </section>
              <div>
                <section aria-labelledby="board-inbound">
                  <h2 id="board-inbound">{word('inbound')}</h2>
                  <InboundChart spans={view.inbound} />
                </section>
                <section aria-labelledby="board-health">
                  <h2 id="board-health">{word('health')}</h2>
                  <BoardHealthList health={view.health} />
                </section>
              </div>
            </div>
          </>
        )}
      </Loaded>
      <Dialog open={open} title={picked.value?.title ?? ''}>
        {picked.value && <BoardTickets picked={picked.value} changed={board.again} />}
      </Dialog>
    </Page>
  );
}

function Tiles({ view: { departments, agents, at } }: { view: BoardView }) {
  const sum = (what: 'waiting' | 'open' | 'late' | 'breaches') => departments.reduce((all, each) => all + each[what], 0);
  const tiles = [
    { name: word('waiting'), value: sum('waiting'), bad: false },
    { name: word('open'), value: sum('open'), bad: false },
    { name: word('late'), value: sum('late'), bad: sum('late') > 0 },
    { name: word('breaches'), value: sum('breaches'), bad: sum('breaches') > 0 },
    {
      name: word('there'),
      value: agents.filter(({ presence }) => presence === 'online').length,
      bad: !agents.some(({ presence }) => presence === 'online'),
    },
  ];
  return (
    <>
      <dl class="tiles">
        {tiles.map(({ name, value, bad }) => (
          <div key={name} class={bad ? 'tile bad' : 'tile'}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="as-of">{word('as_of', { time: clockTime(at) })}</p>
    </>
  );
}

function Departments({ departments, pick }: { departments: BoardDepartment[]; pick(what: Picked): void }) {
  return (
    <Wide label={word('departments')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{word('department')}</th>
            <th scope="col">{word('waiting')}</th>
            <th scope="col">{word('open')}</th>
            <th scope="col">{word('late')}</th>
            <th scope="col">{word('breaches')}</th>
            <th scope="col">{word('longest')}</th>
          </tr>
        </thead>
        <tbody>
          {departments.map(({ id, waiting, open, late, breaches, longest, opens }) => (
            <tr key={id}>
              <th scope="row">
                <button type="button" class="as-link" onClick={() => pick({ title: departmentName(id), department: id })}>
                  {departmentName(id)}
                </button>
                {opens && <div class="calm">{word('closed', { opening: moment(opens) })}</div>}
              </th>
              <td class={waiting > 0 ? 'strong' : 'calm'}>{waiting}</td>
              <td class={open > 0 ? '' : 'calm'}>{open}</td>
              <td class={late > 0 ? 'red' : 'calm'}>{late}</td>
              <td class={breaches > 0 ? 'red' : 'calm'}>{breaches}</td>
              <td>
                {longest ? (
                  <a href={hrefOf({ page: 'listen', ticket: longest.ticketId })}>
                    {span(now.value - Date.parse(longest.since))} · {longest.number}
                  </a>
                ) : (
                  <span class="calm">–</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function midnight(): string {
  const today = new Date();
  return new Date(today.getFullYear(), today.getMonth(), today.getDate()).toISOString();
}

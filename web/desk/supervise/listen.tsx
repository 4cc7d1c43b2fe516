import { useEffect } from 'preact/hooks';
import { post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { departmentName, me } from '../core/me.ts';
import { fetchOpened, opened, openProblem } from '../core/open-ticket.ts';
import { asRefused } from '../core/refused.ts';
import { go, hrefOf, route } from '../core/route.ts';
import { tell } from '../core/toast.ts';
import { Icon } from '../view/icon.tsx';
import { Log } from '../view/log.tsx';
import { Problem } from '../view/problem.tsx';
import { contactName } from '../view/ticket-row.tsx';
import { say } from '../words.ts';
import { useOnce } from './once.ts';
import { word } from './words.ts';

/** A conversation, read only, as it goes on. That a supervisor reads it is written down, and the agent in it sees that somebody looks. */
export function Listen({ id }: { id: number }) {
  const view = opened.value?.ticket.id === id ? opened.value : undefined;
  useEffect(() => void post(`tickets/${id}/listen`).catch(() => undefined), [id]);
  const takeOver = useOnce(async () => {
    if (!view) return;
    const from = route.peek();
    try {
      if (view.ticket.state === 'waiting') await post(`tickets/${id}/claim`);
      else await post(`tickets/${id}/transfer`, { agentId: me.peek()?.id });
      // Whoever has gone somewhere else meanwhile stays there.
      if (route.peek() === from) go({ page: 'tickets', list: 'mine', ticket: id });
    } catch (error) {
      tell(explain(asRefused(error)), { bad: true });
      await fetchOpened();
    }
  });
  return (
    <main class="listen" aria-labelledby="page-title">
      <div class="listen-head">
        <a class="round" href={hrefOf({ page: 'board' })} aria-label={word('to_board')}>
          <Icon name="back" />
        </a>
        <div class="titles">
          <h1 id="page-title" tabIndex={-1}>
            {view ? contactName(view.ticket) : word('listen')} <span class="number">{view?.ticket.number}</span>
          </h1>
          {view && (
            <p class="calm">
              {departmentName(view.ticket.department)} · {view.ticket.assignee?.name ?? word('waits')}
            </p>
          )}
        </div>
        <span class="flag">
          <Icon name="eye" />
          {word('listening')}
        </span>
        {view && view.ticket.state !== 'resolved' && view.ticket.assignee?.id !== me.value?.id && (
          <button type="button" class="main" onClick={takeOver}>
            {view.ticket.state === 'waiting' ? say('claim') : word('take_over')}
          </button>
        )}
        <a class="as-button quiet" href={hrefOf({ page: 'tickets', list: 'all', ticket: id })}>
          {word('open_ticket')}
        </a>
      </div>
      {openProblem.value && <Problem text={explain(openProblem.value)} />}
      {view ? <Log key={id} view={view} /> : <p class="nothing">{openProblem.value ? '' : say('loading')}</p>}
    </main>
  );
}

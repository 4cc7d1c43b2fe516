import { takeNext } from '../core/acts.ts';
import { explain } from '../core/explain.ts';
import { focusToAnswer } from '../core/focus.ts';
import { useKeys } from '../core/keys.ts';
import { counts, listProblem, lists } from '../core/lists.ts';
import { go, hrefOf, type ListName, listNames, openId, shownList } from '../core/route.ts';
import { type Key, say } from '../words.ts';
import { Icon } from './icon.tsx';
import { TicketList } from './ticket-list.tsx';

/** The column of tickets: take next, the four lists, the tickets of one. */
export function ListPane() {
  const list = shownList();
  const tickets = lists.value[list];
  useKeys(Object.fromEntries(listNames.map((name, n) => [String(n + 1), () => go({ page: 'tickets', list: name })])));
  return (
    <section class="lists" aria-labelledby="list-title">
      <div class="lists-head">
        <h2 id="list-title" class="hidden" tabIndex={-1}>
          {say(`list_${list}`)}
        </h2>
        <button type="button" class="main next" data-key="n" onClick={() => void takeNext().then((taken) => taken && focusToAnswer())}>
          <Icon name="next" />
          {say('next')}
        </button>
        <nav class="tabs" aria-label={say('lists')}>
          {listNames.map((name) => (
            <a
              key={name}
              href={hrefOf({ page: 'tickets', list: name, ticket: openId() })}
              aria-current={name === list ? 'true' : undefined}
            >
              {say(`tab_${name}` as Key)}
              <Count list={name} />
            </a>
          ))}
        </nav>
      </div>
      {listProblem.value && <p class="problem slim">{explain(listProblem.value)}</p>}
      {tickets === undefined ? (
        <p class="nothing" aria-busy="true">
          {listProblem.value ? '' : say('loading')}
        </p>
      ) : tickets.length === 0 ? (
        <div class="nothing">
          <p>{say(`none_${list}` as Key)}</p>
        </div>
      ) : (
        <TicketList key={list} list={list} tickets={tickets} />
      )}
    </section>
  );
}

function Count({ list }: { list: ListName }) {
  const count = list === 'waiting' || list === 'mine' ? counts.value[list] : lists.value[list]?.length;
  if (count === undefined) return null;
  return <span class={list === 'waiting' && count > 0 ? 'count due' : 'count'}>{count > 999 ? '999+' : count}</span>;
}

import { useSignal } from '@preact/signals';
import { takeNext } from '../core/acts.ts';
import { explain } from '../core/explain.ts';
import { focusNow, focusOn, focusToAnswer } from '../core/focus.ts';
import { useKeys } from '../core/keys.ts';
import { counts, firstCursor, listProblem, lists, refreshList } from '../core/lists.ts';
import { go, hrefOf, type ListName, listNames, openId, shownList } from '../core/route.ts';
import { narrowed, wantAll, wish } from '../core/wish.ts';
import { type Key, say } from '../words.ts';
import { Icon } from './icon.tsx';
import { ListFilter } from './list-filter.tsx';
import { ListSearch } from './list-search.tsx';
import { TicketList } from './ticket-list.tsx';

/** The column of tickets: take next, search and filters, the lists, the tickets of one. */
export function ListPane() {
  const list = shownList();
  const tickets = lists.value[list];
  const filtering = useSignal(false);
  useKeys({
    ...Object.fromEntries(listNames.map((name, n) => [String(n + 1), () => go({ page: 'tickets', list: name })])),
    '/': () => focusNow('list-search'),
    f: () => {
      filtering.value = !filtering.value;
      if (filtering.value) focusOn('filter-sort');
    },
  });
  const sought = Boolean(wish.value.search?.trim()) || narrowed.value > 0;
  return (
    <section class="lists" aria-labelledby="list-title">
      <div class="lists-head">
        <h2 id="list-title" class="hidden" tabIndex={-1}>
          {say(`list_${list}`)}
        </h2>
        <button type="button" class="main next" data-key="n" onClick={() => void focusToAnswer(takeNext())}>
          <Icon name="arrow" />
          {say('next')}
        </button>
        <ListSearch filtering={filtering} />
        {filtering.value && <ListFilter />}
        <nav class="tabs" aria-label={say('lists')}>
          {listNames.map((name) => (
            <a
              key={name}
              href={hrefOf({ page: 'tickets', list: name, ticket: openId() })}
              aria-current={name === list ? 'true' : undefined}
            >
              {say(`tab_${name}` as Key)} <Count list={name} />
            </a>
          ))}
        </nav>
      </div>
      {listProblem.value && (
        <div class="problem slim" role="alert">
          <Icon name="fault" />
          <span>{explain(listProblem.value)}</span>
          <button type="button" class="quiet small" onClick={refreshList}>
            {say('again')}
          </button>
        </div>
      )}
      {tickets === undefined ? (
        <p class="nothing" aria-busy="true">
          {listProblem.value ? '' : say('loading')}
        </p>
      ) : tickets.length === 0 ? (
        <div class="nothing">
          <p>{sought ? say('none_found') : say(`none_${list}` as Key)}</p>
          {sought && (
            <p class="note-acts">
              <button type="button" class="quiet small" onClick={wantAll}>
                {say('filter_clear')}
              </button>
              {list !== 'all' && list !== 'resolved' && <a href={hrefOf({ page: 'tickets', list: 'all' })}>{say('find_in_all')}</a>}
              {list !== 'resolved' && <a href={hrefOf({ page: 'tickets', list: 'resolved' })}>{say('find_in_resolved')}</a>}
            </p>
          )}
        </div>
      ) : (
        <TicketList key={list} list={list} tickets={tickets} />
      )}
    </section>
  );
}

function Count({ list }: { list: ListName }) {
  // Until the first answer nobody knows how many there are.
  if (!firstCursor.value) return null;
  // Resolved tickets are without end: nobody counts them.
  const count = list === 'resolved' ? 0 : counts.value[list];
  if (count === 0 && list !== 'waiting' && list !== 'mine') return null;
  return <span class={list === 'waiting' && count > 0 ? 'count due' : 'count'}>{count > 999 ? '999+' : count}</span>;
}

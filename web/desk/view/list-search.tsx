import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { focusNow } from '../core/focus.ts';
import { narrowed, want, wish } from '../core/wish.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

const quietMs = 250;

/** Finds tickets as one types, and opens the filters. */
export function ListSearch({ filtering }: { filtering: Signal<boolean> }) {
  const typed = useSignal(wish.peek().search ?? '');
  useEffect(() => {
    const timer = setTimeout(() => typed.value.trim() !== (wish.peek().search ?? '') && want({ search: typed.value.trim() }), quietMs);
    return () => clearTimeout(timer);
  }, [typed.value]);
  // Taken back elsewhere; before it is painted, so that nothing typed is taken with it.
  const { search } = wish.value;
  useLayoutEffect(() => {
    if (!search) typed.value = '';
  }, [search]);
  const count = narrowed.value;
  return (
    <search class="search">
      <label class="find" data-key="/">
        <span class="hidden">{say('search')}</span>
        <Icon name="search" />
        <input
          id="list-search"
          type="search"
          value={typed.value}
          placeholder={say('search_hint')}
          maxLength={200}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            if (typed.value) typed.value = '';
            else focusNow('list-title');
          }}
        />
      </label>
      <button
        type="button"
        class="round"
        aria-expanded={filtering.value}
        aria-pressed={count > 0}
        aria-label={count > 0 ? say('filter_on', { count }) : say('filter')}
        title={say('filter')}
        onClick={() => {
          filtering.value = !filtering.value;
        }}
      >
        <Icon name="filter" />
      </button>
    </search>
  );
}

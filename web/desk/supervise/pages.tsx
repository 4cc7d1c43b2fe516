import './pages.css';
import './people.css';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { focusOn } from '../core/focus.ts';
import { hrefOf, type Route, type SuperPage, superPages } from '../core/route.ts';
import { People } from './people.tsx';
import { loadSuperWords, word } from './words.ts';

await loadSuperWords();

const views: Partial<Record<SuperPage, ComponentType>> = { agents: People };

/** The pages of supervisors under their tabs, or a conversation that they listen in to. */
export function Pages({ page }: { page: Exclude<Route['page'], 'tickets'> }) {
  useEffect(() => focusOn('page-title'), [page]);
  if (page === 'listen') return null;
  const View = views[page];
  return (
    <div class="supervise">
      <nav class="super-tabs" aria-label={word('pages')}>
        {superPages
          .filter((name) => views[name])
          .map((name) => (
            <a key={name} href={hrefOf({ page: name })} aria-current={name === page ? 'page' : undefined}>
              {word(`tab_${name}`)}
            </a>
          ))}
      </nav>
      {View && <View key={page} />}
    </div>
  );
}

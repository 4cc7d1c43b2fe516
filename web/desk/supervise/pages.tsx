import './pages.css';
import './people.css';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { focusOn } from '../core/focus.ts';
import { hrefOf, type Route, route, type SuperPage, superPages } from '../core/route.ts';
import { Announce } from './announce.tsx';
import { Audit } from './audit.tsx';
import { Board } from './board.tsx';
import { Canned } from './canned.tsx';
import { KnowledgePage } from './knowledge.tsx';
import { Listen } from './listen.tsx';
import { Notices } from './notices.tsx';
import { People } from './people.tsx';
import { Webhooks } from './webhooks.tsx';
import { loadSuperWords, word } from './words.ts';

await loadSuperWords();

const views: Partial<Record<SuperPage, ComponentType>> = {
  board: Board,
  agents: People,
  canned: Canned,
  announce: Announce,
  notices: Notices,
  knowledge: KnowledgePage,
  audit: Audit,
  webhooks: Webhooks,
};

/** The pages of supervisors under their tabs, or a conversation that they listen in to. */
export function Pages({ page }: { page: Exclude<Route['page'], 'tickets'> }) {
  useEffect(() => {
    focusOn('page-title');
    // On a phone the tabs are wider than the screen.
    document.querySelector('.super-tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [page]);
  const here = route.value;
  if (here.page === 'listen') return <Listen id={here.ticket} />;
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

import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Route } from '../core/route.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

type Page = Exclude<Route['page'], 'tickets'>;

const Pages = signal<ComponentType<{ page: Page }> | undefined>(undefined);
const failed = signal(false);

/** What only supervisors see: their pages' code and words are loaded when the first of them is opened. */
export function Supervise({ page }: { page: Page }) {
  useEffect(() => void load(), []);
  if (Pages.value) return <Pages.value page={page} />;
  return (
    <main class="page">
      <div class="nothing" role={failed.value ? 'alert' : undefined}>
        {failed.value ? (
          <>
            <Icon name="fault" />
            <p>{say('fault_network')}</p>
            <button type="button" class="quiet" onClick={() => void load()}>
              {say('again')}
            </button>
          </>
        ) : (
          <p>{say('loading')}</p>
        )}
      </div>
    </main>
  );
}

async function load(): Promise<void> {
  if (Pages.peek()) return;
  failed.value = false;
  try {
    Pages.value = (await import('../supervise/pages.tsx')).Pages;
  } catch {
    failed.value = true;
  }
}

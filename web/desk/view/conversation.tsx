import { useEffect } from 'preact/hooks';
import { closeOver, detailsShown, flipDetails } from '../core/details.ts';
import { explain } from '../core/explain.ts';
import { focusNow } from '../core/focus.ts';
import { useKeys } from '../core/keys.ts';
import { counts, firstCursor } from '../core/lists.ts';
import { fetchOpened, opened, openProblem } from '../core/open-ticket.ts';
import { go, openId, shownList } from '../core/route.ts';
import { markSeen } from '../core/unread.ts';
import { say } from '../words.ts';
import { ActDialog } from './act/act-dialog.tsx';
import { Details } from './details.tsx';
import { Foot } from './foot.tsx';
import { Icon } from './icon.tsx';
import { Log } from './log.tsx';
import { TicketHead } from './ticket-head.tsx';

/** The conversation on the screen, or why there is none. */
export function Conversation() {
  const id = openId();
  const view = opened.value?.ticket.id === id ? opened.value : undefined;
  useEffect(() => {
    const look = () => void (view && !document.hidden && markSeen(view.ticket));
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [view]);
  useEffect(() => closeOver, []);
  useKeys({
    Escape: () => {
      const row = document.querySelector<HTMLElement>(`[data-ticket="${id}"]`);
      go({ page: 'tickets', list: shownList() });
      row?.focus();
    },
    d: flipDetails,
    r: () => focusNow('composer'),
  });

  if (id === undefined) return <Nobody />;
  if (!view)
    return (
      <section class="talk empty">
        {openProblem.value ? (
          <div class="nothing" role="alert">
            <Icon name="fault" />
            <p>{explain(openProblem.value)}</p>
            <button type="button" class="quiet" onClick={() => void fetchOpened()}>
              {say('again')}
            </button>
            <a href={`#/${shownList()}`}>{say('back')}</a>
          </div>
        ) : (
          <p class="nothing">{say('loading')}</p>
        )}
      </section>
    );
  return (
    <section class={detailsShown() ? 'talk detailed' : 'talk'} aria-labelledby="ticket-title">
      <TicketHead view={view} />
      <div class="talk-body">
        <div class="talk-main">
          <Log key={id} view={view} />
          <Foot key={id} view={view} />
        </div>
        {detailsShown() && <Details view={view} />}
      </div>
      <ActDialog view={view} />
    </section>
  );
}

function Nobody() {
  const { waiting } = counts.value;
  // That nobody waits is said when it is known.
  const told = waiting > 0 ? say('choose', { count: waiting }) : say('all_quiet');
  return (
    <section class="talk empty">
      <div class="nothing">
        {firstCursor.value && <p class="big">{told}</p>}
        <p>
          {say('choose_keys')} <kbd>j</kbd> <kbd>k</kbd> <kbd>Enter</kbd> <kbd>n</kbd> <kbd>?</kbd>
        </p>
      </div>
    </section>
  );
}

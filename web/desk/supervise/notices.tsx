import './announce.css';
import { useSignal } from '@preact/signals';
import type { NoticeLine, NoticeList } from '../../../src/server/desk/announce-protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { getSpoken, post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { moment } from '../core/times.ts';
import { tell } from '../core/toast.ts';
import { Dialog } from '../view/dialog.tsx';
import { language } from '../words.ts';
import { loadAnnounceWords, telling } from './announce-words.ts';
import { useFetched } from './fetched.ts';
import { NoticeForm } from './notice-form.tsx';
import { Loaded, Page } from './page.tsx';
import { word } from './words.ts';

await loadAnnounceWords();

/** Service notices: what the bot says before its answers now, what it said, and a new one. */
export function Notices() {
  const list = useFetched(() => getSpoken<NoticeList>('notices'), [language.value], 10_000);
  const open = useSignal(false);
  const end = async (id: number) => {
    try {
      await post(`notices/${id}/end`);
    } catch (error) {
      tell(explain(asRefused(error)), { bad: true });
    }
    list.again();
  };
  return (
    <Page
      title={word('tab_notices')}
      lead={telling('notices_lead')}
      actions={
        <button
          type="button"
          class="main"
          onClick={() => {
            open.value = true;
          }}
        >
          {telling('notices_new')}
        </button>
      }
    >
      <Loaded from={list}>
        {(all) => (
          <>
            {all.notices.length === 0 ? (
              <p class="nothing">{telling('notices_none')}</p>
            ) : (
              <ul class="announcements">
                {all.notices.map((each) => (
                  <Line key={each.id} notice={each} end={() => void end(each.id)} />
                ))}
              </ul>
            )}
            <Dialog open={open} title={telling('notices_new')}>
              <NoticeForm
                topics={all.topics}
                close={() => {
                  open.value = false;
                  list.again();
                }}
              />
            </Dialog>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Line({ notice: { texts, topics, active, endsAt, startsAt, agent }, end }: { notice: NoticeLine; end(): void }) {
  return (
    <li class="announcement">
      <div class="announcement-head">
        <span class={active ? 'tag scheduled' : 'tag'}>{telling(active ? 'notices_active' : 'notices_over')}</span>
        {active && endsAt && <span class="number">{telling('notices_ends', { time: moment(endsAt) })}</span>}
        <span class="announcement-by">{agent ? telling('announce_by', { name: agent, time: moment(startsAt) }) : moment(startsAt)}</span>
        {active && (
          <button type="button" class="quiet small" onClick={end}>
            {telling('notices_end')}
          </button>
        )}
      </div>
      <div class="announcement-text">
        <MarkedUp text={texts[language.value] ?? Object.values(texts)[0] ?? ''} />
      </div>
      <p class="tags">
        {topics.map(({ id, title }) => (
          <span class="tag soft" key={id}>
            {title}
          </span>
        ))}
      </p>
    </li>
  );
}

import './announce.css';
import { useSignal } from '@preact/signals';
import type { AnnouncementList } from '../../../src/server/desk/announce-protocol.ts';
import { getSpoken, post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { tell } from '../core/toast.ts';
import { Dialog } from '../view/dialog.tsx';
import { language } from '../words.ts';
import { AnnounceForm } from './announce-form.tsx';
import { AnnounceLine } from './announce-line.tsx';
import { loadAnnounceWords, telling } from './announce-words.ts';
import { useFetched } from './fetched.ts';
import { Loaded, Page } from './page.tsx';
import { word } from './words.ts';

await loadAnnounceWords();

/** Announcements: what goes where, how far each is, stop and go on; and a new one. */
export function Announce() {
  const list = useFetched(() => getSpoken<AnnouncementList>('announcements'), [language.value], 2_000);
  const open = useSignal(false);
  const turn = async (id: number, to: 'stop' | 'resume') => {
    try {
      await post(`announcements/${id}/${to}`);
    } catch (error) {
      tell(explain(asRefused(error)), { bad: true });
    }
    list.again();
  };
  return (
    <Page
      title={word('tab_announce')}
      lead={telling('announce_lead')}
      actions={
        <button
          type="button"
          class="main"
          onClick={() => {
            open.value = true;
          }}
        >
          {telling('announce_new')}
        </button>
      }
    >
      <Loaded from={list}>
        {(all) => (
          <>
            {all.announcements.length === 0 ? (
              <p class="nothing">{telling('announce_none')}</p>
            ) : (
              <ul class="announcements">
                {all.announcements.map((each) => (
                  <AnnounceLine key={each.id} line={each} known={all.known} turn={(to) => void turn(each.id, to)} />
                ))}
              </ul>
            )}
            <Dialog open={open} title={telling('announce_new')}>
              <AnnounceForm
                list={all}
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

import type { AnnouncementList } from '../../../src/server/desk/announce-protocol.ts';
import { AnnounceForm } from './announce-form.tsx';
import { AnnounceLine } from './announce-line.tsx';
import { ToldPage } from './told-page.tsx';

/** Announcements: what goes where, how far each is, stop and go on; and a new one. */
export function Announce() {
  return (
    <ToldPage<AnnouncementList>
      path="announcements"
      words="announce"
      everyMs={2_000}
      lines={({ announcements, known }, act) =>
        announcements.map((each) => <AnnounceLine key={each.id} line={each} known={known} turn={(to) => act(each.id, to)} />)
      }
      form={(all, close) => <AnnounceForm list={all} close={close} />}
    />
  );
}

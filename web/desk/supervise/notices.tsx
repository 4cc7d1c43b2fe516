import type { NoticeLine, NoticeList } from '../../../src/server/desk/announce-protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { moment } from '../core/times.ts';
import { language } from '../words.ts';
import { NoticeForm } from './notice-form.tsx';
import { ToldPage } from './told-page.tsx';
import { word } from './words.ts';

/** Service notices: what the bot says before its answers now, what it said, and a new one. */
export function Notices() {
  return (
    <ToldPage<NoticeList>
      path="notices"
      words="notices"
      everyMs={10_000}
      lines={({ notices }, act) => notices.map((each) => <Line key={each.id} notice={each} end={() => act(each.id, 'end')} />)}
      form={({ topics }, close) => <NoticeForm topics={topics} close={close} />}
    />
  );
}

function Line({ notice: { texts, topics, active, endsAt, startsAt, agent }, end }: { notice: NoticeLine; end(): void }) {
  return (
    <li class="announcement">
      <div class="announcement-head">
        <span class={active ? 'tag scheduled' : 'tag'}>{word(active ? 'notices_active' : 'notices_over')}</span>
        {active && endsAt && <span class="number">{word('notices_ends', { time: moment(endsAt) })}</span>}
        <span class="announcement-by">{agent ? word('announce_by', { name: agent, time: moment(startsAt) }) : moment(startsAt)}</span>
        {active && (
          <button type="button" class="quiet small" onClick={end}>
            {word('notices_end')}
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

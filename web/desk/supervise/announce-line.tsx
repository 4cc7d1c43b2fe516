import type { AnnouncementLine, AnnouncementList } from '../../../src/server/desk/announce-protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { moment } from '../core/times.ts';
import { language, nameOf } from '../words.ts';
import { nameOfCode, word } from './words.ts';

interface Props {
  line: AnnouncementLine;
  known: AnnouncementList['known'];
  turn(to: 'stop' | 'resume'): void;
}

/** One announcement: its words in the language of the screen, how far it is, and at which places. */
export function AnnounceLine({ line, known, turn }: Props) {
  const { texts, state, startsAt, banner, places, agent } = line;
  const text = texts[language.value] ?? Object.values(texts)[0] ?? '';
  const sent = places.filter(({ state: each }) => each === 'sent' || each === 'uncertain').length;
  const later = state === 'scheduled' && Date.parse(startsAt) > Date.now();
  return (
    <li class="announcement">
      <div class="announcement-head">
        <span class={`tag ${state}`}>{later ? word('state_later', { time: moment(startsAt) }) : word(`state_${state}`)}</span>
        {places.length > 0 && <span class="number">{word('announce_sent_of', { sent, all: places.length })}</span>}
        {banner && <span class="tag soft">{word('announce_banner_mark')}</span>}
        <span class="announcement-by">
          {agent ? word('announce_by', { name: agent, time: moment(line.createdAt) }) : moment(line.createdAt)}
        </span>
        {state === 'stopped' ? (
          <button type="button" class="quiet small" onClick={() => turn('resume')}>
            {word('announce_resume')}
          </button>
        ) : state === 'scheduled' || banner ? (
          <button type="button" class="quiet small" onClick={() => turn('stop')}>
            {word('announce_stop')}
          </button>
        ) : null}
      </div>
      <div class="announcement-text">
        <MarkedUp text={text} />
      </div>
      {places.length > 0 && (
        <ul class="announcement-places">
          {places.map((each) => (
            <li key={`${each.channel} ${each.place}`} class={each.state}>
              <span>{nameOf('channel', each.channel)}</span> <strong>{placeName(each, known)}</strong>{' '}
              <em>
                {word(`place_${each.state}`)}
                {each.failure && `: ${nameOfCode('failure', each.failure, nameOf('failure', each.failure))}`}
              </em>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function placeName({ channel, place, contactId, contact }: AnnouncementLine['places'][number], known: AnnouncementList['known']): string {
  if (contactId !== undefined) return contact ?? word('announce_contact', { id: contactId });
  return known.find((each) => each.channel === channel && each.place === place)?.name ?? place;
}

import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { begin } from '../core/acting.ts';
import { mayDo } from '../core/may.ts';
import { moment } from '../core/times.ts';
import { nameOf, say } from '../words.ts';
import { ChannelMark } from './channel-mark.tsx';
import { OtherLine } from './other-line.tsx';

/** Where the contact can be reached, and what they wanted at other times. */
export function ContactMore({ view }: { view: TicketView }) {
  const { places, others } = view.around;
  return (
    <>
      <div class="details-head">
        <h3>{say('places_title')}</h3>
        {mayDo(view).has('start') && (
          <button type="button" class="quiet small" onClick={() => begin('start')}>
            {say('do_start')}
          </button>
        )}
      </div>
      <ul class="places">
        {places.map((place) => (
          <li key={place.id}>
            <ChannelMark channel={place.channel} worded />
            <small>
              {[
                place.here && say('place_here'),
                place.unreachable && `${say('place_unreachable')} (${nameOf('failure', place.unreachable)})`,
                place.lastAt && say('place_last', { time: moment(place.lastAt) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h3>{say('others_title')}</h3>
          <ul class="others">
            {others.map((other) => (
              <OtherLine key={other.id} other={other} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

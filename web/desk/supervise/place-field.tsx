import { useId, useState } from 'preact/hooks';
import type { AnnouncementList, PlaceWish } from '../../../src/server/desk/announce-protocol.ts';
import { nameOf } from '../words.ts';
import { Checks } from './checks.tsx';
import { word } from './words.ts';

interface Props {
  channels: AnnouncementList['channels'];
  languages: string[];
  /** Undefined while nothing is written. */
  change(place: PlaceWish | undefined): void;
}

/** A public place that desk.yaml does not name: channel, its own notation, and what is read there. */
export function PlaceField({ channels, languages, change }: Props) {
  const id = useId();
  const [channel, setChannel] = useState(channels[0]?.name ?? '');
  const [place, setPlace] = useState('');
  const [spoken, setSpoken] = useState<string[]>(languages.slice(0, 1));
  const tell = (next: Partial<PlaceWish>) => {
    const wish = { channel, place, languages: spoken, ...next };
    change(wish.place.trim() ? wish : undefined);
  };
  if (channels.length === 0) return null;
  return (
    <fieldset class="place-field">
      <legend>{word('announce_place')}</legend>
      <div class="input">
        <select
          aria-label={word('announce_channel')}
          value={channel}
          onChange={(event) => {
            setChannel(event.currentTarget.value);
            tell({ channel: event.currentTarget.value });
          }}
        >
          {channels.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <input
          aria-label={word('announce_place')}
          aria-describedby={`${id}-note`}
          value={place}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            setPlace(event.currentTarget.value);
            tell({ place: event.currentTarget.value });
          }}
        />
      </div>
      <p class="calm" id={`${id}-note`}>
        {word('announce_place_hint')}
      </p>
      {place.trim() && (
        <Checks
          legend={word('announce_place_languages')}
          options={languages.map((code) => ({ id: code, name: nameOf('language', code) }))}
          chosen={spoken}
          choose={(chosen) => {
            setSpoken(chosen);
            tell({ languages: chosen });
          }}
        />
      )}
    </fieldset>
  );
}

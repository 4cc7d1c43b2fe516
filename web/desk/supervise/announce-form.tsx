import { useMemo, useState } from 'preact/hooks';
import type {
  AnnouncementList,
  AnnouncementPreview,
  AnnouncementWish,
  FoundContact,
  PlaceWish,
} from '../../../src/server/desk/announce-protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { newId } from '../../widget/core/new-id.ts';
import { post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { tell } from '../core/toast.ts';
import { Problem } from '../view/problem.tsx';
import { nameOf } from '../words.ts';
import { Checks } from './checks.tsx';
import { ContactField } from './contact-field.tsx';
import { useOnce } from './once.ts';
import { PlaceField } from './place-field.tsx';
import { TextsField } from './texts-field.tsx';
import { isoOf, TimeField } from './time-field.tsx';
import { word } from './words.ts';

/** A new announcement: its words, where it goes and when; shown as it will stand before it goes. */
export function AnnounceForm({ list, close }: { list: AnnouncementList; close(): void }) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [chosen, setChosen] = useState<string[]>(list.known.map(keyOf));
  const [other, setOther] = useState<PlaceWish | undefined>(undefined);
  const [contacts, setContacts] = useState<FoundContact[]>([]);
  const [banner, setBanner] = useState(false);
  const [bannerUntil, setBannerUntil] = useState('');
  const [startsAt, setStartsAt] = useState('');
  const [problem, setProblem] = useState('');
  const [preview, setPreview] = useState<AnnouncementPreview | undefined>(undefined);
  // Asked for again as it stands, it is made once; with other words it is another.
  const id = useMemo(newId, [texts, chosen, other, contacts, banner, bannerUntil, startsAt]);

  const wish = (): AnnouncementWish => ({
    id,
    texts,
    places: [
      ...list.known.filter((each) => chosen.includes(keyOf(each))).map(({ channel, place, languages }) => ({ channel, place, languages })),
      ...(other?.place.trim() ? [other] : []),
    ],
    contacts: contacts.map(({ id }) => id),
    banner,
    bannerUntil: banner ? isoOf(bannerUntil) : undefined,
    startsAt: isoOf(startsAt),
  });
  const missing = ({ places, contacts: people }: AnnouncementWish) => {
    if (!Object.values(texts).some((text) => text.trim())) return word('announce_need_text');
    return places.length + people.length === 0 && !banner ? word('announce_need_place') : '';
  };
  const ask = async (path: string, then: (answer: never) => void) => {
    const given = wish();
    const fault = missing(given);
    setProblem(fault);
    if (fault) return;
    try {
      then((await post(path, given)) as never);
    } catch (error) {
      const refused = asRefused(error);
      setProblem(refused.code === 'input.invalid' ? refused.message : explain(refused));
    }
  };
  const show = useOnce(() => ask('announcements/preview', setPreview));
  const send = useOnce(() =>
    ask('announcements', () => {
      tell(word('announce_sent'));
      close();
    }),
  );

  return (
    <form onSubmit={send} noValidate>
      <Problem text={problem} />
      <TextsField name="announcement" texts={texts} change={setTexts} />
      {list.known.length > 0 ? (
        <Checks
          legend={word('announce_where')}
          options={list.known.map((each) => ({
            id: keyOf(each),
            name: [...new Set([each.name, nameOf('channel', each.channel)])].join(', '),
          }))}
          chosen={chosen}
          choose={setChosen}
        />
      ) : (
        <p class="announcement-none">{word('announce_no_places')}</p>
      )}
      <PlaceField channels={list.channels} languages={list.languages} change={setOther} />
      {list.channels.length > 0 && <ContactField chosen={contacts} change={setContacts} />}
      <label class="check announcement-banner">
        <input type="checkbox" checked={banner} onChange={(event) => setBanner(event.currentTarget.checked)} />
        <span>{word('announce_banner')}</span>
      </label>
      {banner && (
        <TimeField label={word('announce_banner_until')} hint={word('announce_banner_hint')} value={bannerUntil} change={setBannerUntil} />
      )}
      <TimeField label={word('announce_when')} hint={word('announce_when_hint')} value={startsAt} change={setStartsAt} />
      {preview && <Preview preview={preview} />}
      <p class="row">
        <button type="button" class="quiet" onClick={show}>
          {word('announce_preview')}
        </button>
        <button type="submit" class="main grow">
          {startsAt ? word('announce_schedule') : word('announce_send')}
        </button>
      </p>
    </form>
  );
}

function Preview({ preview }: { preview: AnnouncementPreview }) {
  return (
    <div class="announcement-preview" role="status">
      {preview.places.map(({ channel, place, messages }) => (
        <section key={`${channel} ${place}`}>
          <h3>
            {messages.length > 0
              ? word('announce_preview_in', { place, count: messages.length })
              : word('announce_preview_none', { place })}
          </h3>
          {messages.map((text) => (
            <div class="announcement-text" key={text}>
              <MarkedUp text={text} />
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

function keyOf({ channel, place }: { channel: string; place: string }): string {
  return `${channel} ${place}`;
}

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { language, say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import { fetchJson } from '../core/fetch-json.ts';

/** What GET /help/topic brings. */
interface Topic {
  title: string;
  markdown: string;
  /** People decide it. */
  person: boolean;
  pictures: { url: string; alt: string }[];
}

/** One topic's answer, and whether it helped; if not, the question goes on in the chat. */
export function TopicPage({ chat, id, onBack, onAsk }: { chat: Chat; id: string; onBack(): void; onAsk(text: string): void }) {
  const topic = useSignal<Topic | undefined>(undefined);
  const failed = useSignal(false);
  const helped = useSignal(false);
  const title = useRef<HTMLHeadingElement>(null);
  const code = language.value;
  useEffect(() => {
    let wanted = true;
    failed.value = false;
    fetchJson<Topic>(chat.server, '/help/topic', { language: code, id }).then(
      (found) => {
        if (wanted) topic.value = found;
      },
      () => {
        if (wanted) failed.value = true;
      },
    );
    return () => {
      wanted = false;
    };
  }, [id, code]);
  useEffect(() => title.current?.focus(), [topic.value]);
  // A courtesy: whether it arrives changes nothing for the person.
  const rate = (good: boolean) => navigator.sendBeacon(`${chat.server}/help/rating`, JSON.stringify({ id, language: code, helped: good }));
  return (
    <div class="scroll topic" aria-busy={!topic.value && !failed.value}>
      <button type="button" class="plain" onClick={onBack}>
        <Icon name="back" />
        {say('back')}
      </button>
      {failed.value && <p>{say('help_failed')}</p>}
      {topic.value && (
        <>
          <h3 ref={title} tabIndex={-1}>
            {topic.value.title}
          </h3>
          {topic.value.person && <p class="notice">{say('help_person')}</p>}
          <div class="prose">
            <MarkedUp text={topic.value.markdown} />
          </div>
          {topic.value.pictures.map(({ url, alt }) => (
            <p key={url} class="file">
              <a href={chat.server + url} target="_blank" rel="noopener noreferrer">
                <img src={chat.server + url} alt={alt} loading="lazy" />
              </a>
            </p>
          ))}
          <fieldset class="useful" aria-label={say('help_useful')}>
            {helped.value ? (
              <p role="status">{say('help_thanks')}</p>
            ) : (
              <>
                <p>{say('help_useful')}</p>
                <button
                  type="button"
                  onClick={() => {
                    rate(true);
                    helped.value = true;
                  }}
                >
                  {say('help_yes')}
                </button>
                <button
                  type="button"
                  onClick={() => {
                    rate(false);
                    onAsk(topic.value?.title ?? '');
                  }}
                >
                  {say('help_no')}
                </button>
              </>
            )}
          </fieldset>
        </>
      )}
    </div>
  );
}

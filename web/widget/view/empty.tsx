import { MarkedUp } from '../../ui/marked-up.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { useTopics } from './use-topics.ts';

/** Before anything was said: a welcome, and the most asked questions to press. */
export function Empty({ stage, chat }: { stage: Stage; chat: Chat }) {
  const notice = chat.config.value?.notice;
  const topics = useTopics(stage, chat, '');
  return (
    <div class="empty">
      <p class="greeting">{stage.settings.greeting ?? say('empty_title')}</p>
      <p>{say('empty_text')}</p>
      {notice && (
        <div class="notice">
          <MarkedUp text={notice} />
        </div>
      )}
      {topics.value.length > 0 && (
        <fieldset class="choices" aria-label={say('empty_topics')}>
          {topics.value.slice(0, 4).map(({ id, title }) => (
            <button key={id} type="button" onClick={() => chat.send(title)}>
              {title}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

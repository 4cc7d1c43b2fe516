import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { language, say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { TopicPage } from './topic-page.tsx';
import { useTopics } from './use-topics.ts';

/** Help first: search as one types over the public topics, with the way into the chat always below. */
export function HelpView({ stage, chat }: { stage: Stage; chat: Chat }) {
  const q = useSignal('');
  const topic = useSignal<string | undefined>(undefined);
  const topics = useTopics(stage, chat, q.value.trim());
  const field = useRef<HTMLInputElement>(null);
  const found = topics.value;
  useEffect(() => {
    if (stage.mode === 'widget' && stage.open.value && stage.focus.peek() && topic.value === undefined) field.current?.focus();
  }, [stage.open.value, topic.value]);
  // A server without public topics: straight to the chat.
  useEffect(() => {
    if (stage.help.value === false) stage.view.value = 'chat';
  }, [stage.help.value]);
  const ask = (text?: string) => {
    stage.view.value = 'chat';
    if (text) chat.send(text);
  };
  return (
    <>
      {topic.value !== undefined ? (
        <TopicPage chat={chat} id={topic.value} onBack={() => (topic.value = undefined)} onAsk={ask} />
      ) : (
        <div class="scroll help">
          <h3 class="greeting">{stage.settings.greeting ?? say('help_title')}</h3>
          <label class="search">
            <Icon name="search" />
            <input
              ref={field}
              type="search"
              value={q.value}
              placeholder={say('help_hint')}
              aria-label={say('help_search')}
              onInput={(event) => (q.value = event.currentTarget.value)}
            />
          </label>
          <h4>{q.value.trim() ? say('help_results') : say('help_top')}</h4>
          <p class="hidden" role="status">
            {q.value.trim() && say('help_count', { count: found.length })}
          </p>
          {found.length > 0 ? (
            <ul class="topics">
              {found.slice(0, 8).map(({ id, title }) => (
                <li key={id}>
                  <button type="button" onClick={() => (topic.value = id)}>
                    <span>{title}</span>
                    <Icon name="next" />
                  </button>
                </li>
              ))}
            </ul>
          ) : (
            q.value.trim() && <p>{say('help_none')}</p>
          )}
          <p class="all">
            <a href={`${chat.server}/help/${language.value}/`} target="_blank" rel="noopener noreferrer">
              {say('help_all')}
            </a>
          </p>
        </div>
      )}
      <div class="composer ways">
        <button type="button" class="main" onClick={() => ask()}>
          <Icon name="chat" />
          {say('help_chat')}
        </button>
        <button type="button" class="plain" onClick={() => ask('/human')}>
          <Icon name="person" />
          {say('person')}
        </button>
      </div>
    </>
  );
}

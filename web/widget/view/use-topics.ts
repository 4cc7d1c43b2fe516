import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { language } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import { fetchJson } from '../core/fetch-json.ts';
import type { Stage } from '../core/stage.ts';

/** One public topic in a list. */
export interface TopicTitle {
  id: string;
  title: string;
}

/** The public topics for what somebody is typing; the most asked ones where that is empty. A server without them turns the help off. */
export function useTopics(stage: Stage, chat: Chat, q: string): Signal<TopicTitle[]> {
  const topics = useSignal<TopicTitle[]>([]);
  const code = language.value;
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(
      async () => {
        try {
          const found = await fetchJson<TopicTitle[]>(chat.server, '/help/search', { language: code, q });
          if (stale) return;
          topics.value = found;
          stage.help.value = true;
        } catch (error) {
          if (!stale && (error as Error).message === '404') stage.help.value = false;
        }
      },
      q ? 150 : 0,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [chat, q, code]);
  return topics;
}

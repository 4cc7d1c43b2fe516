import { useSignal } from '@preact/signals';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { BeforeChat } from './before-chat.tsx';
import { Composer } from './composer.tsx';
import { Log } from './log.tsx';
import { Status } from './status.tsx';

/** The conversation: where it stands, what was said, what to say next. */
export function ChatView({ stage, chat }: { stage: Stage; chat: Chat }) {
  const before = chat.config.value?.before;
  const told = useSignal(chat.keep.get('about') !== undefined);
  const fresh = chat.loaded.value && chat.messages.value.length === 0 && chat.queue.items.value.length === 0;
  if (before && fresh && !told.value)
    return (
      <BeforeChat
        before={before}
        onStart={(about) => {
          chat.keep.set('about', JSON.stringify(about));
          told.value = true;
        }}
      />
    );
  return (
    <>
      <Status chat={chat} />
      <Log stage={stage} chat={chat} />
      <Composer stage={stage} chat={chat} />
    </>
  );
}

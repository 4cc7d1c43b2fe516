import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { Composer } from './composer.tsx';
import { Log } from './log.tsx';
import { Status } from './status.tsx';

/** The conversation: where it stands, what was said, what to say next. */
export function ChatView({ stage, chat }: { stage: Stage; chat: Chat }) {
  return (
    <>
      <Status chat={chat} />
      <Log stage={stage} chat={chat} />
      <Composer stage={stage} chat={chat} />
    </>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { downloadTranscript } from './transcript.ts';

/** The farewell after "end chat". */
export function Ended({ stage, chat }: { stage: Stage; chat: Chat }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div class="scroll farewell">
      <h3 ref={title} tabIndex={-1}>
        {say('ended_title')}
      </h3>
      <p>{say('ended_text')}</p>
      <button type="button" class="main" onClick={stage.restart}>
        <Icon name="chat" />
        {say('ended_new')}
      </button>
      <button type="button" class="plain" onClick={() => downloadTranscript(chat)}>
        <Icon name="download" />
        {say('download')}
      </button>
    </div>
  );
}

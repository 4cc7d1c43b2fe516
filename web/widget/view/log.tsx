import type { ChatMessage } from '../../../src/bots/web/protocol.ts';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { OwnBubble } from './bubble.tsx';
import { Choices } from './choices.tsx';
import { Empty } from './empty.tsx';
import { MessageBlock } from './message-block.tsx';
import { TypingLine } from './typing-line.tsx';
import { pageful, useLogScroll } from './use-log-scroll.ts';

/** What was said. Long histories are drawn from the end, older ones as the reader scrolls up, so that 10,000 messages move like ten. */
export function Log({ stage, chat }: { stage: Stage; chat: Chat }) {
  const all = chat.messages.value;
  const own = [
    ...chat.kept.value,
    ...chat.queue.items.value.filter(
      ({ id }) => !all.some(({ clientId }) => clientId === id) && !chat.kept.value.some((kept) => kept.id === id),
    ),
  ];
  const last = all.at(-1);
  const asking = openQuestion(all);
  const count = all.length + own.length;
  const { box, atEnd, below, newest, blocks, onScroll } = useLogScroll(stage, {
    known: all.length,
    count,
    typing: chat.typing.value,
    last,
    own: own.length > 0,
  });

  return (
    <div class="log">
      <div
        class="scroll"
        ref={box}
        onScroll={onScroll}
        role="log"
        aria-live="polite"
        aria-label={say('log')}
        aria-busy={!chat.loaded.value}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {!chat.loaded.value ? (
          <p class="center">{say('loading')}</p>
        ) : count === 0 ? (
          <Empty stage={stage} chat={chat} />
        ) : (
          blocks.map((block) => (
            <MessageBlock
              key={block}
              chat={chat}
              messages={all.slice(block * pageful, (block + 1) * pageful)}
              before={all[block * pageful - 1]}
              after={all[(block + 1) * pageful]}
              old={block < newest - 1}
            />
          ))
        )}
        {own.map((waiting) => (
          <OwnBubble key={waiting.id} chat={chat} waiting={waiting} />
        ))}
        {asking && own.every(({ choice }) => choice === undefined) && <Choices key={asking.id} chat={chat} message={asking} />}
        {chat.typing.value !== undefined && <TypingLine name={chat.typing.value || (chat.state.value?.agent ?? '')} />}
      </div>
      {!atEnd.value && (
        <button type="button" class="newest" onClick={() => box.current?.scrollTo({ top: box.current.scrollHeight })}>
          <Icon name="down" />
          {below.value > 0 ? say('newest_count', { count: below.value }) : say('newest')}
        </button>
      )}
    </div>
  );
}

/** The newest message with choices, unless the visitor or an agent has said something since. */
function openQuestion(messages: ChatMessage[]): ChatMessage | undefined {
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const message = messages[at];
    if (message?.choices?.length) return message;
    if (message?.author === 'contact' || message?.author === 'agent') return undefined;
  }
  return undefined;
}

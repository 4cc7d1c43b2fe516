import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatMessage } from '../../../src/bots/web/protocol.ts';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { OwnBubble } from './bubble.tsx';
import { Choices } from './choices.tsx';
import { Empty } from './empty.tsx';
import { MessageBlock } from './message-block.tsx';

/** Messages in a block. Two blocks are drawn at first, and one more each time the reader comes near the top. */
const pageful = 40;

/** What was said. Long histories are drawn from the end, older ones as the reader scrolls up, so that 10,000 messages move like ten. */
export function Log({ stage, chat }: { stage: Stage; chat: Chat }) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useSignal(1);
  const atEnd = useSignal(true);
  const below = useSignal(0);
  const read = useRef<number | undefined>(undefined);
  const anchor = useRef<number | undefined>(undefined);
  const all = chat.messages.value;
  const newest = Math.floor(Math.max(all.length - 1, 0) / pageful);
  const oldest = Math.max(0, newest - drawn.value);
  const blocks = Array.from({ length: newest - oldest + 1 }, (_, n) => oldest + n);
  const own = [
    ...chat.kept.value,
    ...chat.queue.items.value.filter(
      ({ id }) => !all.some(({ clientId }) => clientId === id) && !chat.kept.value.some((kept) => kept.id === id),
    ),
  ];
  const last = all.at(-1);
  const asking = openQuestion(all);
  const count = all.length + own.length;
  const said = useRef(count);
  said.current = count;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // Before anything was said there is a welcome, which is read from its beginning.
    if (count === 0) element.scrollTop = 0;
    else if (anchor.current !== undefined) element.scrollTop = element.scrollHeight - anchor.current;
    else if (atEnd.peek() || own.length > 0) {
      element.scrollTop = element.scrollHeight;
      // A reply taller than the window is read from its beginning.
      const begin = firstReply(element, read.current);
      if (begin !== undefined && own.length === 0) element.scrollTop = Math.min(element.scrollTop, begin - 10);
    } else if (last && last.author !== 'contact') below.value += 1;
    anchor.current = undefined;
    read.current = last?.id;
  }, [count, drawn.value, chat.typing.value, last?.id]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // The keyboard of a phone, or a growing text, makes the log smaller: its end stays in sight.
    const watcher = new ResizeObserver(() => {
      if (atEnd.peek() && said.current > 0) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  useEffect(() => {
    if (atEnd.value && stage.open.value) stage.seen();
  }, [count, atEnd.value, stage.open.value]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    atEnd.value = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
    if (atEnd.value) below.value = 0;
    // Back at the end: what was drawn on the way up is no longer needed.
    if (atEnd.value && drawn.peek() > 10) drawn.value = 1;
    if (element.scrollTop < 600 && drawn.peek() < newest) {
      anchor.current = element.scrollHeight - element.scrollTop;
      drawn.value += 1;
      // Older messages are nothing new to read out.
      element.ariaBusy = 'true';
      setTimeout(() => {
        element.ariaBusy = 'false';
      }, 300);
    }
  };

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
        {chat.typing.value !== undefined && <Typing name={chat.typing.value || (chat.state.value?.agent ?? '')} />}
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

function Typing({ name }: { name: string }) {
  return (
    <p class="typing" role="status">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class={name ? '' : 'hidden'}>{name ? say('typing_name', { name }) : say('typing')}</span>
    </p>
  );
}

/** Where the first reply after a message begins, px; undefined where there is none, or the history has just come. */
function firstReply(log: HTMLElement, read: number | undefined): number | undefined {
  if (read === undefined) return undefined;
  return [...log.querySelectorAll<HTMLElement>('article[data-id]')]
    .slice(-12)
    .find((article) => Number(article.dataset['id']) > read && !article.classList.contains('contact'))?.offsetTop;
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

import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';

/** Where the visitor writes. Enter sends, Shift+Enter makes a line; what is not sent yet outlives a change of page. */
export function Composer({ stage, chat }: { stage: Stage; chat: Chat }) {
  const text = useSignal(chat.keep.get('draft') ?? '');
  const field = useRef<HTMLTextAreaElement>(null);
  const longest = chat.config.value?.maxLength ?? 4_000;
  const over = text.value.length - longest;
  const sendable = text.value.trim() !== '' && over <= 0;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 140)}px`;
  }, [text.value]);
  useEffect(() => {
    if (stage.mode === 'widget' && stage.open.value) field.current?.focus();
  }, [stage.open.value]);

  const write = (now: string) => {
    text.value = now;
    if (now) chat.keep.set('draft', now);
    else chat.keep.remove('draft');
  };
  const send = () => {
    if (!sendable) return;
    chat.send(text.value.trim());
    write('');
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <PersonButton stage={stage} chat={chat} />
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          value={text.value}
          placeholder={say('write_hint')}
          aria-label={say('write')}
          aria-invalid={over > 0}
          aria-describedby={over > 0 ? 'destek-over' : undefined}
          enterkeyhint="send"
          onInput={(event) => {
            write(event.currentTarget.value);
            chat.noteTyping();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="send" aria-label={say('send')} aria-disabled={!sendable}>
          <Icon name="send" />
        </button>
      </div>
      {over > 0 && (
        <p class="over" id="destek-over" role="alert">
          {say('too_long', { count: over })}
        </p>
      )}
    </form>
  );
}

/** "Talk to a person": always in sight while the bot has the conversation; afterwards the status line tells where one stands. */
function PersonButton({ stage, chat }: { stage: Stage; chat: Chat }) {
  const owner = chat.state.value?.owner ?? 'bot';
  const asked = chat.queue.items.value.some(({ text }) => text === '/human');
  return (
    <div class="tools">
      {owner === 'bot' && (
        <button type="button" disabled={asked} onClick={() => chat.send('/human')}>
          <Icon name="person" />
          {say('person')}
        </button>
      )}
      {stage.help.value && stage.mode === 'widget' && (
        <button type="button" onClick={() => (stage.view.value = 'help')}>
          <Icon name="search" />
          {say('help_search')}
        </button>
      )}
    </div>
  );
}

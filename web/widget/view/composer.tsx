import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { uploadsOf } from '../core/uploads.ts';
import { AttachButton } from './attach-button.tsx';
import { Attachments } from './attachments.tsx';
import { Tools } from './tools.tsx';

/** Where the visitor writes. Enter sends, Shift+Enter makes a line; what is not sent yet outlives a change of page. Files come by button, paste and drop. */
export function Composer({ stage, chat }: { stage: Stage; chat: Chat }) {
  const text = useSignal(chat.keep.draft());
  const field = useRef<HTMLTextAreaElement>(null);
  const uploads = uploadsOf(chat);
  const limits = chat.config.value?.upload;
  const files = uploads.items.value;
  const over = text.value.length - (chat.config.value?.maxLength ?? 4_000);
  // What was refused has said why and goes nowhere: it holds nothing up.
  const going = files.filter(({ refused }) => !refused);
  const ready = over <= 0 && (going.length > 0 || text.value.trim() !== '');
  const sendable = ready && going.every(({ id }) => id);
  const { held } = uploads;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 140)}px`;
  }, [text.value]);
  useEffect(() => {
    if (stage.mode === 'widget' && stage.open.value && stage.focus.peek()) field.current?.focus();
  }, [stage.open.value]);

  const write = (now: string) => {
    text.value = now;
    chat.keep.draft(now);
  };
  const send = () => {
    held.value = ready && !sendable;
    if (!sendable) return;
    const attached = going.length > 0 && { attachments: going.flatMap(({ id }) => id ?? []), names: going.map(({ file }) => file.name) };
    chat.send(text.value.trim(), attached || {});
    uploads.clear();
    write('');
    field.current?.focus();
  };
  // Sent while a file was on its way: goes as soon as that is there.
  useEffect(() => {
    if (held.value && sendable) send();
  }, [held.value, sendable]);
  const take = (event: Event, files: FileList | undefined) => {
    if (!limits || !files?.length) return;
    event.preventDefault();
    uploads.add(files);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => limits && event.preventDefault()}
      onDrop={(event) => take(event, event.dataTransfer?.files)}
    >
      <Tools stage={stage} chat={chat} />
      <Attachments uploads={uploads} />
      <div class="field">
        {limits && <AttachButton uploads={uploads} accept={limits.accept} />}
        <textarea
          ref={field}
          rows={1}
          value={text.value}
          placeholder={say('write_hint')}
          aria-label={say('write')}
          aria-invalid={over > 0}
          aria-describedby={over > 0 ? 'destek-over' : undefined}
          enterkeyhint="send"
          onPaste={(event) => take(event, event.clipboardData?.files)}
          onInput={(event) => {
            held.value = false;
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
          <Icon name="arrow" />
        </button>
      </div>
      {held.value && !sendable && (
        <p class={going.some(({ failed }) => failed) ? 'over' : 'over soon'} role="status">
          {going.some(({ failed }) => failed) ? say('file_held') : say('file_wait')}
        </p>
      )}
      {over > 0 && (
        <p class="over" id="destek-over" role="alert">
          {say('too_long', { count: over })}
        </p>
      )}
    </form>
  );
}

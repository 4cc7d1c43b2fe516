import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { focusOn } from '../core/focus.ts';
import { createSending } from '../core/sending.ts';
import { say } from '../words.ts';
import { ComposerNote } from './composer-note.tsx';
import { Icon } from './icon.tsx';

/** Longest reply that the server takes. */
const longest = 8_000;

/** Where an agent writes. Ctrl+Enter sends; the text is kept until the server has it. */
export function Composer({ view, takenBy }: { view: TicketView; takenBy?: string }) {
  const { ticket } = view;
  const sending = useMemo(() => createSending(ticket.id), [ticket.id]);
  useEffect(() => sending.stop, [sending]);
  const field = useRef<HTMLTextAreaElement>(null);
  const preview = useSignal(false);
  const { text } = sending.draft.value;
  const phase = sending.phase.value;
  const over = text.length - longest;
  const held = phase.now === 'sending' || phase.now === 'unsure';
  const may = Boolean(text.trim()) && over <= 0 && !held;

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text, preview.value]);

  const send = () => {
    // Back to writing, unless they have gone on to something else meanwhile.
    const here = document.activeElement;
    if (may) void sending.send().then(() => [here, document.body].includes(document.activeElement as HTMLElement) && focusOn('composer'));
    preview.value = false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      focusOn('ticket-title');
    }
  };

  if (takenBy)
    return (
      <div class="foot-note taken" role="status">
        <Icon name="agent" />
        <span>{say('taken_by', { name: takenBy })}</span>
        {text.trim() && <p class="kept">{say('taken_kept')}</p>}
      </div>
    );
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <ComposerNote view={view} sending={sending} />
      <label for="composer" class="hidden">
        {say('reply')}
      </label>
      {preview.value && text.trim() ? (
        <section class="shown" aria-label={say('preview')}>
          <MarkedUp text={text} />
        </section>
      ) : (
        <textarea
          id="composer"
          ref={field}
          rows={2}
          value={text}
          placeholder={ticket.state === 'waiting' ? say('reply_takes') : say('reply_to')}
          readOnly={held}
          aria-describedby="composer-hint"
          onInput={(event) => sending.edit(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      )}
      <div class="composer-foot">
        <button
          type="button"
          class="quiet small"
          aria-pressed={preview.value}
          disabled={!text.trim()}
          onClick={() => {
            preview.value = !preview.value;
          }}
        >
          <Icon name="eye" />
          {say('preview')}
        </button>
        <p id="composer-hint" class={over > 0 ? 'hint over' : 'hint'}>
          {over > 0 ? say('too_long', { count: over }) : say('markup_hint')}
        </p>
        <button type="submit" class="main" data-key="Ctrl ↵" aria-disabled={!may}>
          {phase.now === 'sending' ? say('sending') : phase.now === 'stale' ? say('send_anyway') : say('send')}
        </button>
      </div>
    </form>
  );
}

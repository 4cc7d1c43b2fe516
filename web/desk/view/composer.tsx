import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { tellWriting } from '../core/beside.ts';
import { factsOf } from '../core/channels.ts';
import { hasContent } from '../core/draft.ts';
import { focusNow } from '../core/focus.ts';
import { attachTo, openSending } from '../core/sending.ts';
import { openUploads } from '../core/uploads.ts';
import { say } from '../words.ts';
import { Attached } from './attached.tsx';
import { Beside } from './beside.tsx';
import { ComposerNote } from './composer-note.tsx';
import { ComposerTools } from './composer-tools.tsx';
import { InsertPicker } from './insert-picker.tsx';
import { ReplyField, type TextInput } from './reply-field.tsx';
import { ReplyLength } from './reply-length.tsx';
import { ReplyPreview } from './reply-preview.tsx';
import { Suggestions } from './suggestions.tsx';
import { TakenNote } from './taken-note.tsx';
import { useTextField } from './use-text-field.ts';

/** Longest reply that the server takes. */
const longest = 8_000;

/** Where an agent writes. Ctrl+Enter sends; the text is kept until the server has it. */
export function Composer({ view, takenBy }: { view: TicketView; takenBy?: string }) {
  const { ticket } = view;
  const sending = useMemo(() => openSending(ticket), [ticket.id]);
  const uploads = useMemo(() => openUploads(ticket.id, (file) => attachTo(ticket, file)), [sending]);
  useEffect(() => sending.leave, [sending]);
  const field = useRef<HTMLTextAreaElement>(null);
  const preview = useSignal(false);
  const picking = useSignal(false);
  const { text, files = [] } = sending.draft.value;
  const phase = sending.phase.value;
  const over = text.length - longest;
  const held = phase.now === 'sending' || phase.now === 'unsure';
  const may = hasContent(sending.draft.value) && over <= 0 && !held && uploads.items.value.every(({ failed }) => failed);
  const limits = factsOf(ticket.channel)?.files;
  const { insert, takeBack, onBlur } = useTextField(field, sending, preview);

  const attach = (list: Iterable<File> | undefined) => {
    const chosen = [...(list ?? [])];
    if (chosen.length > 0 && limits?.count) uploads.add(chosen, { ...limits, count: limits.count - files.length });
  };
  const send = () => {
    // Back to writing, unless they have gone on to something else meanwhile.
    const here = document.activeElement;
    const shown = phase.now === 'stale' ? view.heardSeq : 0;
    if (may)
      void sending.send(shown).then(() => [here, document.body].includes(document.activeElement as HTMLElement) && focusNow('composer'));
    preview.value = false;
  };
  const onInput = (event: TextInput) => {
    const { value, selectionStart } = event.currentTarget;
    sending.edit(value);
    tellWriting(ticket.id, ticket.state === 'assigned');
    // A slash where a word begins asks for something to put in.
    if (event.data === '/' && /(^|\s)\/$/.test(value.slice(0, selectionStart))) picking.value = true;
  };

  if (takenBy) return <TakenNote by={takenBy} kept={Boolean(text.trim())} />;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => limits?.count && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        attach(event.dataTransfer?.files);
      }}
    >
      <Beside />
      <ComposerNote view={view} sending={sending} />
      <Suggestions view={view} choose={insert} />
      <label for="composer" class="hidden">
        {say('reply')}
      </label>
      {preview.value && text.trim() ? (
        <ReplyPreview ticketId={ticket.id} text={text} />
      ) : (
        <ReplyField
          field={field}
          text={text}
          held={held}
          takes={ticket.state === 'waiting'}
          onInput={onInput}
          onBlur={onBlur}
          send={send}
          attach={attach}
        />
      )}
      <Attached files={files} uploads={uploads} remove={sending.detach} />
      <div class="composer-foot">
        <ComposerTools
          canAttach={Boolean(limits?.count)}
          accept={limits?.accept}
          preview={preview}
          picking={picking}
          empty={!text.trim()}
          attach={attach}
          put={(emoji) => insert({ text: emoji })}
        />
        <ReplyLength channel={ticket.channel} text={text} over={over} />
        <button type="submit" class="main" data-key="Ctrl ↵" aria-disabled={!may}>
          {phase.now === 'sending' ? say('sending') : phase.now === 'stale' ? say('send_anyway') : say('send')}
        </button>
      </div>
      {picking.value && (
        <InsertPicker
          ticketId={ticket.id}
          choose={(chosen) => {
            picking.value = false;
            insert(chosen, true);
          }}
          close={(back) => {
            picking.value = false;
            if (back) takeBack();
          }}
        />
      )}
    </form>
  );
}

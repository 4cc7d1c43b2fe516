import type { RefObject } from 'preact';
import { focusNow } from '../core/focus.ts';
import { say } from '../words.ts';

/** A letter more or less in the field. */
export type TextInput = InputEvent & { currentTarget: HTMLTextAreaElement };

interface Parts {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  /** A reply is on its way: its text stands still. */
  held: boolean;
  /** To reply is to take the ticket. */
  takes: boolean;
  onInput(event: TextInput): void;
  onBlur(): void;
  send(): void;
  attach(files: Iterable<File>): void;
}

/** The field of a reply: Ctrl+Enter sends, Esc leaves it, what is pasted as a file is attached. */
export function ReplyField({ field, text, held, takes, onInput, onBlur, send, attach }: Parts) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      focusNow('ticket-title');
    }
  };
  return (
    <textarea
      id="composer"
      ref={field}
      rows={2}
      value={text}
      placeholder={takes ? say('reply_takes') : say('reply_to')}
      readOnly={held}
      aria-describedby="composer-hint"
      onInput={onInput}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        if (!event.clipboardData?.files.length) return;
        event.preventDefault();
        attach(event.clipboardData.files);
      }}
    />
  );
}

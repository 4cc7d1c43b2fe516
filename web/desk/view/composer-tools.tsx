import { type Signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { say } from '../words.ts';
import { EmojiPicker } from './emoji-picker.tsx';
import { Icon } from './icon.tsx';

interface Props {
  canAttach: boolean;
  accept?: string;
  preview: Signal<boolean>;
  picking: Signal<boolean>;
  empty: boolean;
  attach(files: Iterable<File> | undefined): void;
  put(emoji: string): void;
}

/** What helps to write: ready answers, files, emoji, and how the reply will look. */
export function ComposerTools({ canAttach, accept, preview, picking, empty, attach, put }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  const smiling = useSignal(false);
  return (
    <div class="tools">
      <button
        type="button"
        class="round"
        aria-expanded={picking.value}
        aria-label={say('insert')}
        title={say('insert_title')}
        onClick={() => {
          picking.value = true;
        }}
      >
        <Icon name="slash" />
      </button>
      {canAttach && (
        <button type="button" class="round" aria-label={say('attach')} title={say('attach')} onClick={() => chooser.current?.click()}>
          <Icon name="clip" />
        </button>
      )}
      <input
        ref={chooser}
        type="file"
        class="hidden"
        multiple
        hidden
        accept={accept}
        aria-label={say('attach')}
        onChange={(event) => {
          attach(event.currentTarget.files ?? undefined);
          event.currentTarget.value = '';
        }}
      />
      <EmojiPicker open={smiling} put={put} />
      <button
        type="button"
        class="round"
        aria-pressed={preview.value}
        aria-label={say('preview')}
        title={say('preview')}
        disabled={empty}
        onClick={() => {
          preview.value = !preview.value;
        }}
      >
        <Icon name="eye" />
      </button>
    </div>
  );
}

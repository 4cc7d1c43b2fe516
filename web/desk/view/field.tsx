import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

interface Props {
  label: string;
  name: string;
  type?: 'text' | 'email' | 'password';
  value: string;
  onInput(value: string): void;
  autocomplete?: string;
  hint?: ComponentChildren;
  fault?: string;
  readOnly?: boolean;
  autoFocus?: boolean;
}

/** One line of a form: label, input, and a hint or what is wrong with it. A password can be shown. */
export function Field({ label, name, type = 'text', value, onInput, autocomplete, hint, fault, readOnly, autoFocus }: Props) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const note = fault ?? hint;
  return (
    <div class={fault ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      <div class="input">
        <input
          id={id}
          name={name}
          type={(type === 'password' && shown ? 'text' : type) as 'text'}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
          autocomplete={autocomplete}
          autocapitalize={type === 'text' ? undefined : 'none'}
          spellcheck={false}
          readOnly={readOnly}
          ref={(element) => void (autoFocus && element && document.activeElement === document.body && element.focus())}
          aria-invalid={fault ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
        />
        {type === 'password' && (
          <button type="button" class="round" aria-pressed={shown} aria-label={say('password_show')} onClick={() => setShown(!shown)}>
            <Icon name="eye" />
          </button>
        )}
      </div>
      {note && (
        <p class="note" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}

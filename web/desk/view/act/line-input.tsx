import { useId } from 'preact/hooks';

interface Props {
  label: string;
  hint?: string;
  type?: 'text' | 'tel' | 'datetime-local';
  value: string;
  onInput(value: string): void;
  list?: string[];
  first?: boolean;
  onEnter?(): void;
  autocomplete?: string;
}

/** One line of an act's form. `list`: what may be meant; `onEnter`: Enter does this instead of sending the form. */
export function LineInput({ label, hint, type = 'text', value, onInput, list, first, onEnter, autocomplete = 'off' }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="input">
        <input
          id={id}
          type={type}
          value={value}
          autofocus={first}
          autocomplete={autocomplete}
          spellcheck={false}
          list={list && `${id}-list`}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !onEnter || !value.trim()) return;
            event.preventDefault();
            onEnter();
          }}
        />
        {list && (
          <datalist id={`${id}-list`}>
            {list.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        )}
      </div>
      {hint && (
        <p class="note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

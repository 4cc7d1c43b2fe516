import { useId } from 'preact/hooks';

interface Props {
  label: string;
  hint?: string;
  value: string;
  onInput(value: string): void;
  rows?: number;
  longest?: number;
  first?: boolean;
}

/** Several lines of a form. `first`: the form begins here. */
export function TextArea({ label, hint, value, onInput, rows = 3, longest = 4_000, first }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
        maxLength={longest}
        value={value}
        autofocus={first}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {hint && (
        <p class="note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

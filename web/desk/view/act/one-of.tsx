import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  legend: string;
  options: readonly { value: string; name: ComponentChildren; note?: ComponentChildren; off?: boolean }[];
  chosen: string | undefined;
  choose(value: string): void;
  first?: boolean;
}

/** One of some things. */
export function OneOf({ legend, options, chosen, choose, first }: Props) {
  const name = useId();
  return (
    <fieldset class="one-of">
      <legend>{legend}</legend>
      {options.map(({ value, name: told, note, off }, n) => (
        <label key={value} class={off ? 'check off' : 'check'}>
          <input
            type="radio"
            name={name}
            checked={chosen === value}
            disabled={off}
            autofocus={first && (chosen === undefined ? n === 0 : chosen === value)}
            onChange={() => choose(value)}
          />
          <span>
            {told}
            {note && <small>{note}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

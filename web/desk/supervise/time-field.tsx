import { useId } from 'preact/hooks';

/** A day and a time of it on the clock of this browser; empty where none is chosen. */
export function TimeField({ label, hint, value, change }: { label: string; hint: string; value: string; change(value: string): void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="input">
        <input
          id={id}
          type="datetime-local"
          value={value}
          onInput={(event) => change(event.currentTarget.value)}
          aria-describedby={`${id}-note`}
        />
      </div>
      <p class="note" id={`${id}-note`}>
        {hint}
      </p>
    </div>
  );
}

/** What was chosen, as the server takes it. */
export function isoOf(value: string): string | undefined {
  return value ? new Date(value).toISOString() : undefined;
}

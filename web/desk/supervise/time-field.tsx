import { LineInput } from '../view/act/line-input.tsx';

/** A day and a time of it on the clock of this browser; empty where none is chosen. */
export function TimeField({ label, hint, value, change }: { label: string; hint: string; value: string; change(value: string): void }) {
  return <LineInput type="datetime-local" label={label} hint={hint} value={value} onInput={change} />;
}

/** What was chosen, as the server takes it. */
export function isoOf(value: string): string | undefined {
  return value ? new Date(value).toISOString() : undefined;
}

import { useEffect, useState } from 'preact/hooks';
import { word } from './words.ts';

const forgetMs = 5_000;

/** A button for what cannot be taken back: the first press asks, a second one soon after does it. */
export function SureButton({ label, act, small }: { label: string; act(): void; small?: boolean }) {
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (!asking) return;
    const timer = setTimeout(() => setAsking(false), forgetMs);
    return () => clearTimeout(timer);
  }, [asking]);
  return (
    <button
      type="button"
      class={`${asking ? 'main danger' : 'quiet'}${small ? ' small' : ''}`}
      onClick={({ detail }) => {
        // The second half of a double click is no second thought.
        if (detail > 1) return;
        setAsking(!asking);
        if (asking) act();
      }}
    >
      <span aria-live="polite">{asking ? word('sure', { what: label }) : label}</span>
    </button>
  );
}

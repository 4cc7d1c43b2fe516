import { useState } from 'preact/hooks';
import { focusOn } from '../core/focus.ts';
import { Icon } from '../view/icon.tsx';
import { say } from '../words.ts';

/** Something that is shown now and never again, to be copied: a link that lets one person in, a secret. */
export function ShownOnce({ told, label, value, close }: { told: string; label: string; value: string; close(): void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Without TLS there is no clipboard: select it, so that one key copies.
      (document.getElementById('shown-once') as HTMLInputElement | null)?.select();
      return;
    }
    setCopied(true);
  };
  return (
    <div class="one-time">
      <p role="status">{told}</p>
      <label for="shown-once">{label}</label>
      <div class="input">
        <input
          id="shown-once"
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          ref={(element) => void (element && !copied && focusOn('shown-once', 1))}
        />
        <button type="button" class="quiet" onClick={() => void copy()}>
          <Icon name={copied ? 'check' : 'copy'} />
          {copied ? say('copied') : say('copy')}
        </button>
      </div>
      <button type="button" class="main wide" onClick={close}>
        {say('done')}
      </button>
    </div>
  );
}

import { useState } from 'preact/hooks';
import { Icon } from '../view/icon.tsx';
import { say } from '../words.ts';
import { word } from './words.ts';

/** A webhook's secret, shown now and never again. */
export function Secret({ secret, close }: { secret: string; close(): void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      // Without TLS there is no clipboard: select it, so that one key copies.
      (document.getElementById('webhook-secret') as HTMLInputElement | null)?.select();
    }
  };
  return (
    <div class="one-time">
      <p role="status">{word('secret_told')}</p>
      <label for="webhook-secret">{word('secret')}</label>
      <div class="input">
        <input id="webhook-secret" readOnly value={secret} onFocus={(event) => event.currentTarget.select()} />
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

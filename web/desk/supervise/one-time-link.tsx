import { useState } from 'preact/hooks';
import { focusOn } from '../core/focus.ts';
import { Icon } from '../view/icon.tsx';
import { say } from '../words.ts';

/** A link that lets one person in once, shown now and never again. */
export function OneTimeLink({ name, link, close }: { name: string; link: string; close(): void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const field = document.getElementById('one-time-link') as HTMLInputElement | null;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // Without TLS there is no clipboard: select it, so that one key copies.
      field?.select();
      return;
    }
    setCopied(true);
  };
  return (
    <div class="one-time">
      <p role="status">{say('link_told', { name })}</p>
      <label for="one-time-link">{say('link')}</label>
      <div class="input">
        <input
          id="one-time-link"
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          ref={(element) => void (element && !copied && focusOn('one-time-link', 1))}
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

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Links } from '../../../src/bots/web/protocol.ts';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';

/** Ways to go on in another channel as the same person: links for one use, made when they are asked for. */
export function Elsewhere({ chat, onDone }: { chat: Chat; onDone(): void }) {
  const links = useSignal<Links['links'] | undefined>(undefined);
  const failed = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    chat.links().then(
      (found) => {
        links.value = found;
        failed.value = found.length === 0;
      },
      () => {
        failed.value = true;
      },
    );
  }, []);
  useEffect(() => box.current?.querySelector<HTMLElement>('a, button')?.focus(), [links.value, failed.value]);
  return (
    <div ref={box} aria-busy={!links.value && !failed.value}>
      <p role="status" class={failed.value ? 'danger' : ''}>
        {failed.value ? say('elsewhere_failed') : links.value ? say('elsewhere_text') : say('elsewhere_loading')}
      </p>
      {links.value?.map(({ channel, label, url }) => (
        <a key={channel} class="way" href={url} target="_blank" rel="noopener noreferrer" onClick={onDone}>
          <Icon name="next" />
          {say('elsewhere_open', { channel: label })}
        </a>
      ))}
      <button type="button" onClick={onDone}>
        <Icon name="back" />
        {say('back')}
      </button>
    </div>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';

/** Has the transcript mailed: to the signed address, or to one that is typed, shown again and confirmed. */
export function MailTranscript({ chat, onDone }: { chat: Chat; onDone(): void }) {
  const signed = chat.email.value;
  const about = JSON.parse(chat.keep.get('about') ?? '{}') as { email?: string };
  const typed = useSignal(about.email ?? '');
  const confirming = useSignal(signed !== undefined);
  const busy = useSignal(false);
  const said = useSignal<{ text: string; ok: boolean } | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>('input, button')?.focus(), [confirming.value, said.value]);

  const send = async () => {
    busy.value = true;
    const answer = await chat.mail(signed === undefined ? typed.value.trim() : null).catch(() => undefined);
    busy.value = false;
    said.value = answer?.ok
      ? { text: say('mail_sent', { to: signed ?? answer.to }), ok: true }
      : { text: answer?.message ?? say('mail_failed'), ok: false };
  };
  const back = () => {
    if (signed !== undefined) onDone();
    else confirming.value = false;
  };
  if (said.value)
    return (
      <div ref={box}>
        <p role="status" class={said.value.ok ? '' : 'danger'}>
          {said.value.text}
        </p>
        <button type="button" onClick={onDone}>
          <Icon name="check" />
          {say('close')}
        </button>
      </div>
    );
  if (confirming.value)
    return (
      <div ref={box}>
        <p>{say('mail_confirm', { to: signed ?? typed.value.trim() })}</p>
        <button type="button" disabled={busy.value} onClick={() => void send()}>
          <Icon name="arrow" />
          {say('mail_yes')}
        </button>
        <button type="button" onClick={back}>
          <Icon name="back" />
          {signed === undefined ? say('mail_no') : say('back')}
        </button>
      </div>
    );
  return (
    <div ref={box}>
      <form
        class="mail"
        onSubmit={(event) => {
          event.preventDefault();
          confirming.value = true;
        }}
      >
        <label>
          {say('mail_address')}
          <input
            type="email"
            required
            maxLength={200}
            autocomplete="email"
            value={typed.value}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        </label>
        <button type="submit">
          <Icon name="next" />
          {say('mail_next')}
        </button>
      </form>
    </div>
  );
}

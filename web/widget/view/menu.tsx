import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { Elsewhere } from './elsewhere.tsx';
import { MailTranscript } from './mail-transcript.tsx';
import { downloadTranscript } from './transcript.ts';

/** What is needed rarely: sound, another channel, transcript on the device or by mail, end of the chat (asked twice). */
export function Menu({ stage, chat }: { stage: Stage; chat: Chat }) {
  const open = useSignal(false);
  const page = useSignal<'menu' | 'end' | 'mail' | 'elsewhere'>('menu');
  const wrap = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  const empty = chat.messages.value.length === 0;

  useLayoutEffect(() => {
    if (!open.value) return;
    box.current?.querySelector('button')?.focus();
    const outside = (event: Event) => {
      if (!event.composedPath().some((node) => node === box.current || node === button.current)) shut();
    };
    const onKeyDown = (event: Event) => {
      if ((event as KeyboardEvent).key !== 'Escape') return;
      event.preventDefault();
      shut();
      button.current?.focus();
    };
    const element = wrap.current;
    element?.addEventListener('keydown', onKeyDown);
    document.addEventListener('pointerdown', outside);
    return () => {
      element?.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('pointerdown', outside);
    };
  }, [open.value, page.value]);

  const shut = () => {
    open.value = false;
    page.value = 'menu';
  };
  const done = () => {
    shut();
    button.current?.focus();
  };
  const toggle = () => {
    if (open.value) shut();
    else open.value = true;
  };
  const action = (icon: IconName, text: string, act: () => void, keepOpen = false) => (
    <button
      type="button"
      onClick={() => {
        act();
        if (!keepOpen) done();
      }}
    >
      <Icon name={icon} />
      {text}
    </button>
  );

  return (
    <div class="menu" ref={wrap}>
      <button type="button" class="round" ref={button} aria-label={say('menu')} aria-expanded={open.value} onClick={toggle}>
        <Icon name="more" />
      </button>
      {open.value && (
        <fieldset
          class="sheet"
          ref={box}
          aria-label={say(({ menu: 'menu', end: 'end_title', mail: 'mail', elsewhere: 'elsewhere' } as const)[page.value])}
        >
          {page.value === 'mail' ? (
            <MailTranscript chat={chat} onDone={done} />
          ) : page.value === 'elsewhere' ? (
            <Elsewhere chat={chat} onDone={done} />
          ) : page.value === 'end' ? (
            <>
              <strong>{say('end_title')}</strong>
              <p>{say('end_text')}</p>
              {action('download', say('download'), () => downloadTranscript(chat), true)}
              <button type="button" class="danger" onClick={() => void stage.end()}>
                <Icon name="end" />
                {say('end_yes')}
              </button>
              {action('back', say('end_no'), shut)}
            </>
          ) : (
            <>
              {action(
                stage.sound.value ? 'silent' : 'sound',
                stage.sound.value ? say('sound_off') : say('sound_on'),
                () => (stage.sound.value = !stage.sound.value),
              )}
              {chat.verified.value &&
                chat.config.value?.elsewhere &&
                action('next', say('elsewhere'), () => (page.value = 'elsewhere'), true)}
              {!empty && action('download', say('download'), () => downloadTranscript(chat))}
              {!empty && chat.config.value?.mail && action('arrow', say('mail'), () => (page.value = 'mail'), true)}
              {!empty && action('end', say('end'), () => (page.value = 'end'), true)}
            </>
          )}
        </fieldset>
      )}
    </div>
  );
}

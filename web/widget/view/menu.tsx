import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { downloadTranscript } from './transcript.ts';

/** What is needed rarely: sound, transcript, end of the chat (asked twice). */
export function Menu({ stage, chat }: { stage: Stage; chat: Chat }) {
  const open = useSignal(false);
  const asking = useSignal(false);
  const wrap = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  const empty = chat.messages.value.length === 0;

  useEffect(() => {
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
  }, [open.value, asking.value]);

  const shut = () => {
    open.value = false;
    asking.value = false;
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
        if (keepOpen) return;
        shut();
        button.current?.focus();
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
        <fieldset class="sheet" ref={box} aria-label={asking.value ? say('end_title') : say('menu')}>
          {asking.value ? (
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
              {!empty && action('download', say('download'), () => downloadTranscript(chat))}
              {!empty && action('end', say('end'), () => (asking.value = true), true)}
            </>
          )}
        </fieldset>
      )}
    </div>
  );
}

import { useEffect, useRef } from 'preact/hooks';
import { say, words } from '../../ui/words.ts';
import type { Stage } from '../core/stage.ts';
import { BannerBar } from './banner-bar.tsx';
import { ChatView } from './chat-view.tsx';
import { Ended } from './ended.tsx';
import { Header } from './header.tsx';
import { HelpView } from './help-view.tsx';
import { holdFocus } from './hold-focus.ts';
import { keepFocusInside } from './keep-focus-inside.ts';

/** The whole open chat: header, and below it the help, the conversation or the farewell. */
export function Panel({ stage }: { stage: Stage }) {
  const panel = useRef<HTMLElement>(null);
  const chat = stage.chat.value;
  const widget = stage.mode === 'widget';
  useEffect(() => (widget && panel.current ? keepFocusInside(panel.current, stage.close) : undefined), [widget]);
  const standing = Boolean(chat && words.value);
  useEffect(() => (standing && panel.current ? holdFocus(panel.current) : undefined), [standing]);
  if (!chat || !words.value)
    return (
      <section
        class="panel loading"
        ref={panel}
        role={widget ? 'dialog' : undefined}
        aria-busy="true"
        aria-label={say('title_plain') || 'Support'}
      >
        <Skeleton />
      </section>
    );
  const body = stage.ended.value ? (
    <Ended stage={stage} chat={chat} />
  ) : stage.view.value === 'help' ? (
    <HelpView stage={stage} chat={chat} />
  ) : (
    <ChatView stage={stage} chat={chat} />
  );
  return (
    <section class="panel" ref={panel} role={widget ? 'dialog' : 'region'} aria-labelledby="destek-title" tabIndex={-1}>
      <Header stage={stage} chat={chat} />
      <BannerBar stage={stage} chat={chat} />
      {body}
    </section>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  );
}

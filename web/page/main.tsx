import { signal } from '@preact/signals';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ChatConfig } from '../../src/bots/web/protocol.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { language, say, speak, words } from '../ui/words.ts';
import { mountChat } from '../widget/chat.tsx';
import { fetchJson } from '../widget/core/fetch-json.ts';
import { defaultSettings } from '../widget/core/settings.ts';
import { fitToKeyboard } from './fit-to-keyboard.ts';

const config = signal<ChatConfig | undefined>(undefined);
const server = location.origin;
const [wanted = 'en'] = (new URLSearchParams(location.search).get('lang') ?? navigator.language).toLowerCase().split('-');

/** The page on `/`: the chat, and beside it, where there is room, what it can do. */
function Page() {
  const brand = config.value?.brand ?? '';
  useEffect(() => {
    document.documentElement.lang = language.value;
    document.title = brand ? say('title', { brand }) : say('title_plain') || 'Destek';
  }, [language.value, words.value, brand]);
  return (
    <main class="page">
      <div class="about">
        <p class="brand">{brand && say('title', { brand })}</p>
        <h1>{say('help_title')}</h1>
        <p class="lead">{say('page_lead')}</p>
        <ul>
          <Point icon="bolt" text={say('page_automatic')} />
          <Point icon="person" text={say('page_person')} />
          <Point icon="shield" text={say('page_private')} />
        </ul>
        <p class="foot">
          <a class="topics" href={`/help/${language.value}/`}>
            {say('help_all')}
          </a>
          {config.value?.privacyUrl && <a href={config.value.privacyUrl}>{say('privacy')}</a>}
        </p>
      </div>
      <ChatBox />
    </main>
  );
}

function Point({ icon, text }: { icon: IconName; text: string }) {
  return (
    <li>
      <Icon name={icon} />
      {text}
    </li>
  );
}

function ChatBox() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const shadow = box.current?.shadowRoot ?? box.current?.attachShadow({ mode: 'open' });
    if (shadow) mountChat(shadow, { ...defaultSettings, server, language: wanted }, 'page', { onClose() {}, onUnread() {}, emit() {} });
  }, []);
  return <div class="chat" ref={box} />;
}

async function configure(): Promise<void> {
  config.value = await fetchJson<ChatConfig>(server, '/chat/config', { language: wanted }).catch(() => undefined);
  if (!config.value) setTimeout(() => void configure(), 5_000);
}

fitToKeyboard();
void speak(wanted);
void configure();
const root = document.getElementById('page');
if (root) render(<Page />, root);

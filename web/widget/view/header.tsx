import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';
import { LanguageChoice } from './language-choice.tsx';
import { Menu } from './menu.tsx';

/** Who one talks to, and what one can do with the chat as a whole. */
export function Header({ stage, chat }: { stage: Stage; chat: Chat }) {
  const brand = chat.config.value?.brand;
  const title = stage.settings.title ?? (brand ? say('title', { brand }) : say('title_plain'));
  const inHelp = stage.view.value === 'help';
  const agent = !stage.ended.value && chat.state.value?.owner === 'agent' ? chat.state.value.agent : undefined;
  return (
    <div class="header">
      <Face stage={stage} name={agent ?? brand ?? ''} />
      <div class="who">
        <h2 id="destek-title">{title}</h2>
        <p>{agent ? say('with_agent', { name: agent }) : say('automatic')}</p>
      </div>
      <LanguageChoice chat={chat} />
      {!inHelp && !stage.ended.value && <Menu stage={stage} chat={chat} />}
      {stage.mode === 'widget' && (
        <button type="button" class="round" aria-label={say('close')} onClick={stage.close}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

function Face({ stage, name }: { stage: Stage; name: string }) {
  if (stage.settings.logo) return <img class="face" src={stage.settings.logo} alt="" width="40" height="40" />;
  return (
    <span class="face" aria-hidden="true">
      {[...name][0]?.toLocaleUpperCase() || <Icon name="chat" />}
    </span>
  );
}

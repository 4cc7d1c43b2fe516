import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import type { Stage } from '../core/stage.ts';

/** "Talk to a person", always in sight while the bot has the conversation (afterwards the status line tells where one stands), and the way to the search. */
export function Tools({ stage, chat }: { stage: Stage; chat: Chat }) {
  const owner = chat.state.value?.owner ?? 'bot';
  const asked = chat.queue.items.value.some(({ text }) => text === '/human');
  return (
    <div class="tools">
      {owner === 'bot' && (
        <button type="button" disabled={asked} onClick={() => chat.send('/human')}>
          <Icon name="person" />
          {say('person')}
        </button>
      )}
      {stage.help.value && (
        <button type="button" onClick={() => (stage.view.value = 'help')}>
          <Icon name="search" />
          {say('help_search')}
        </button>
      )}
    </div>
  );
}

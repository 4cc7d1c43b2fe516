import type { About, ChatConfig } from '../../../src/bots/web/protocol.ts';
import { Icon } from '../../ui/icon.tsx';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { say } from '../../ui/words.ts';

const kinds = {
  name: { mode: 'text', autocomplete: 'name' },
  email: { mode: 'email', autocomplete: 'email' },
  player: { mode: 'text', autocomplete: 'username' },
} as const;

/** What a brand asks before a chat. Nothing must be filled in; starting agrees to the consent, which is shown. */
export function BeforeChat({ before, onStart }: { before: NonNullable<ChatConfig['before']>; onStart(about: About): void }) {
  return (
    <form
      class="scroll before"
      onSubmit={(event) => {
        event.preventDefault();
        const filled = [...new FormData(event.currentTarget)]
          .map(([name, value]) => [name, String(value).trim()])
          .filter(([, value]) => value);
        onStart(Object.fromEntries(filled));
      }}
    >
      <h3 class="greeting">{say('before_title')}</h3>
      {before.ask.map((name) => (
        <label key={name}>
          <span>
            {say(`before_${name}`)} <small>({say('before_optional')})</small>
          </span>
          <input name={name} type="text" inputMode={kinds[name].mode} autocomplete={kinds[name].autocomplete} maxLength={200} />
        </label>
      ))}
      {before.consent && (
        <div class="prose">
          <MarkedUp text={before.consent} />
        </div>
      )}
      <button type="submit" class="main">
        <Icon name="chat" />
        {say('before_start')}
      </button>
    </form>
  );
}

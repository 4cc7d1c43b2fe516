import { Icon } from '../../ui/icon.tsx';
import { language, say, speaks } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';

/** The quick language switch: a native list, small on the screen, with the languages' own names inside. */
export function LanguageChoice({ chat }: { chat: Chat }) {
  const languages = (chat.config.value?.languages ?? []).filter(({ code }) => speaks(code));
  if (languages.length < 2) return null;
  return (
    <label class="language">
      <span aria-hidden="true">
        {language.value.toUpperCase()}
        <Icon name="down" />
      </span>
      <select aria-label={say('language')} value={language.value} onChange={(event) => chat.choose(event.currentTarget.value)}>
        {languages.map(({ code, name }) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

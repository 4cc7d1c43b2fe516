import { type Signal, signal } from '@preact/signals';
import { flipDesktopNotices } from '../core/desktop-notice.ts';
import { me } from '../core/me.ts';
import { set, setLanguage, settings, type Theme } from '../core/settings.ts';
import { signOut } from '../core/sign-in.ts';
import { type Key, language, languages, say } from '../words.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';

const open = signal(false);
const themes: Theme[] = ['system', 'light', 'dark'];

/** One's own menu: language, colours, sound, keys, sign out. */
export function AccountMenu({ sheet }: { sheet: Signal<boolean> }) {
  const who = me.value;
  if (!who) return null;
  const face = (
    <>
      <span class="face" data-initials={initials(who.name)} />
      <span class="word">{who.name}</span>
      <Icon name="down" />
    </>
  );
  return (
    <Menu open={open} face={face} label={say('account', { name: who.name })} class="account">
      <div class="who" role="presentation">
        <strong>{who.name}</strong>
        <span>{who.email}</span>
        <span>{who.role === 'supervisor' ? say('supervisor') : say('agent')}</span>
      </div>
      <Choice
        label={say('language')}
        options={languages.map(({ code, name }) => ({ code, name }))}
        chosen={language.value}
        choose={(code) => void setLanguage(code)}
      />
      <Choice
        label={say('theme')}
        options={themes.map((code) => ({ code, name: say(`theme_${code}` as Key) }))}
        chosen={settings.value.theme}
        choose={(theme) => set({ theme })}
      />
      <fieldset class="group">
        <Check label={say('sound')} on={settings.value.sound} flip={() => set({ sound: !settings.value.sound })} />
        <Check label={say('desktop_notices')} on={settings.value.desktop} flip={() => void flipDesktopNotices()} />
        <Check label={say('keys_on')} on={settings.value.keys} flip={() => set({ keys: !settings.value.keys })} />
        <button
          type="button"
          role="menuitem"
          onClick={() => {
            sheet.value = true;
          }}
        >
          {say('keys')} <kbd>?</kbd>
        </button>
      </fieldset>
      <fieldset class="group">
        <button type="button" role="menuitem" onClick={() => void signOut()}>
          {say('sign_out')}
        </button>
        <button type="button" role="menuitem" onClick={() => void signOut({ everywhere: true })}>
          {say('sign_out_everywhere')}
        </button>
      </fieldset>
    </Menu>
  );
}

function Choice<T extends string>({
  label,
  options,
  chosen,
  choose,
}: {
  label: string;
  options: readonly { code: T; name: string }[];
  chosen: T;
  choose(code: T): void;
}) {
  return (
    <fieldset class="group" aria-label={label}>
      <p aria-hidden="true">{label}</p>
      <div class="options" role="presentation">
        {options.map(({ code, name }) => (
          <button type="button" role="menuitemradio" key={code} aria-checked={code === chosen} onClick={() => choose(code)}>
            {name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function Check({ label, on, flip }: { label: string; on: boolean; flip(): void }) {
  return (
    <button type="button" role="menuitemcheckbox" aria-checked={on} onClick={flip}>
      {label}
      <span class={on ? 'tick on' : 'tick'} aria-hidden="true" />
    </button>
  );
}

/** At most two letters of a name. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : '']
    .map((part) => [...(part ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase(language.value);
}

import { useEffect, useId, useState } from 'preact/hooks';
import type { FoundContact } from '../../../src/server/desk/announce-protocol.ts';
import { get } from '../core/call.ts';
import { moment } from '../core/times.ts';
import { Icon } from '../view/icon.tsx';
import { nameOf, say } from '../words.ts';
import { word } from './words.ts';

const quietMs = 150;

/** Single contacts, found as one types by name, address or ticket number; the chosen ones are tags that can be taken away. */
export function ContactField({ chosen, change }: { chosen: FoundContact[]; change(chosen: FoundContact[]): void }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<FoundContact[]>();
  const [foundFor, setFoundFor] = useState('');
  const [at, setAt] = useState(0);
  const sought = typed.trim();

  useEffect(() => {
    let wanted = true;
    const show = (contacts: FoundContact[] | undefined) => {
      if (!wanted) return;
      setFound(contacts);
      setFoundFor(sought);
      setAt(0);
    };
    const look = () =>
      get<{ contacts: FoundContact[] }>('announcements/contacts', { search: sought }).then(
        ({ contacts }) => show(contacts),
        () => show([]),
      );
    if (!sought) show(undefined);
    const timer = sought ? setTimeout(() => void look(), quietMs) : undefined;
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [sought]);

  const shown = found?.filter((each) => !chosen.some((other) => other.id === each.id)) ?? [];
  const choose = (contact: FoundContact) => {
    change([...chosen, contact]);
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const marked = shown[at];
    if (event.key === 'ArrowDown') setAt(Math.min(shown.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    // Enter never sends the whole form from here, nor means anybody who was found for less.
    else if (event.key === 'Enter') marked && foundFor === sought && choose(marked);
    else if (event.key === 'Escape' && typed) setTyped('');
    else if (event.key === 'Backspace' && !typed) change(chosen.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="field contact-field">
      <label for={id}>{word('announce_contacts')}</label>
      {chosen.length > 0 && (
        <ul class="tags chips" aria-label={word('announce_contacts')}>
          {chosen.map((each) => (
            <li key={each.id} class="tag">
              {nameOfContact(each)}
              <button
                type="button"
                class="bare"
                aria-label={word('announce_contact_remove', { name: nameOfContact(each) })}
                onClick={() => {
                  change(chosen.filter((other) => other.id !== each.id));
                  document.getElementById(id)?.focus();
                }}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="input">
        <input
          id={id}
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-busy={foundFor !== sought}
          aria-controls={`${id}-found`}
          aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          aria-describedby={`${id}-note`}
          autocomplete="off"
          spellcheck={false}
          maxLength={200}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-found`} role="listbox" aria-label={word('announce_contacts')}>
        {shown.map((each, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are at the input, as in every combobox
          <div role="option" id={`${id}-${n}`} key={each.id} aria-selected={n === at} tabIndex={-1} onClick={() => choose(each)}>
            <strong>{nameOfContact(each)}</strong> <span>{factsOf(each)}</span>
          </div>
        ))}
      </div>
      <p class="note" id={`${id}-note`} role="status">
        {found && shown.length === 0 ? word('announce_contacts_none') : word('announce_contacts_hint')}
      </p>
    </div>
  );
}

function nameOfContact({ name, id }: FoundContact): string {
  return name ?? say('visitor', { id });
}

function factsOf({ channel, number, lastAt, protected: held }: FoundContact): string {
  return [nameOf('channel', channel), number, lastAt && say('place_last', { time: moment(lastAt) }), held && word('place_withheld')]
    .filter(Boolean)
    .join(' · ');
}

import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Insert } from '../../../src/server/desk/composer-protocol.ts';
import { findInserts, suggested } from '../core/inserts.ts';
import { percent } from '../core/times.ts';
import { say } from '../words.ts';

const quietMs = 120;

interface Props {
  ticketId: number;
  choose(insert: Insert): void;
  /** `back`: the focus goes back to writing. */
  close(back: boolean): void;
}

/** Search as one types over canned replies and the knowledge base; without a word, what was suggested comes first. */
export function InsertPicker({ ticketId, choose, close }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const typed = useSignal('');
  const found = useSignal<Insert[] | undefined>(undefined);
  const at = useSignal(0);
  // What was typed for what is found; Enter before that is meant for what comes.
  const foundFor = useRef<string | undefined>(undefined);
  const chooseFirst = useRef(false);

  useEffect(() => {
    let wanted = true;
    const look = async () => {
      const got = await findInserts(ticketId, typed.value).catch(() => []);
      if (!wanted) return;
      const first = typed.value.trim() || suggested.peek()?.ticketId !== ticketId ? [] : (suggested.peek()?.inserts ?? []);
      found.value = [...first, ...got];
      foundFor.current = typed.value;
      at.value = 0;
      const [best] = found.value;
      if (chooseFirst.current && best) choose(best);
      chooseFirst.current = false;
    };
    const timer = setTimeout(() => void look(), typed.value ? quietMs : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [ticketId, typed.value]);
  useLayoutEffect(() => {
    box.current?.querySelector('input')?.focus();
    const outside = (event: Event) => event.target instanceof Node && !box.current?.contains(event.target) && close(false);
    addEventListener('pointerdown', outside, true);
    return () => removeEventListener('pointerdown', outside, true);
  }, []);
  useEffect(() => box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [at.value, found.value]);

  const all = found.value ?? [];
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = all[at.value];
    if (event.key === 'Enter' && foundFor.current !== typed.value) chooseFirst.current = true;
    else if (event.key === 'ArrowDown') at.value = Math.min(all.length - 1, at.value + 1);
    else if (event.key === 'ArrowUp') at.value = Math.max(0, at.value - 1);
    else if (event.key === 'Enter' && chosen) choose(chosen);
    else if (event.key === 'Escape' || (event.key === 'Backspace' && !typed.value)) close(true);
    else if (event.key === 'Tab') return close(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="picker" ref={box}>
      <input
        type="text"
        role="combobox"
        aria-label={say('insert')}
        aria-expanded={all.length > 0}
        aria-controls="inserts"
        aria-activedescendant={all[at.value] ? `insert-${at.value}` : undefined}
        aria-autocomplete="list"
        placeholder={say('insert_hint')}
        autocomplete="off"
        spellcheck={false}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          chooseFirst.current = false;
        }}
        onKeyDown={onKeyDown}
      />
      <div id="inserts" role="listbox" aria-label={say('insert')}>
        {all.map((insert, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are at the input, as in every combobox
          <div
            role="option"
            id={`insert-${n}`}
            key={`${insert.kind}${insert.id}${insert.confidence ?? ''}`}
            aria-selected={n === at.value}
            tabIndex={-1}
            onClick={() => choose(insert)}
          >
            <strong>{insert.title}</strong>
            <span class="kind">
              {insert.confidence !== undefined
                ? `${say('suggestion')} · ${percent(insert.confidence)}`
                : insert.kind === 'canned'
                  ? `/${insert.shortcut}`
                  : say('from_knowledge')}
            </span>
            <span class="text">{insert.text.replaceAll('**', '')}</span>
          </div>
        ))}
      </div>
      {found.value && all.length === 0 && (
        <p class="none" role="status">
          {say(typed.value.trim() ? 'insert_none' : 'insert_none_yet')}
        </p>
      )}
    </div>
  );
}

import { useMemo, useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { newId } from '../../../widget/core/new-id.ts';
import { noteOf, perform } from '../../core/acting.ts';
import { type Key, say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { TextArea } from './text-area.tsx';

const texts = { 'to-bot': 'to_bot_text', block: 'block_text', lift: 'lift_text' } as const satisfies Record<string, Key>;

/** What an act does, before it is done. Lifting a protection needs a reason. */
export function ConfirmForm({ view: { ticket }, act }: { view: TicketView; act: keyof typeof texts }) {
  const [text, setText] = useState('');
  const id = useMemo(newId, []);
  const reasoned = act === 'lift';
  return (
    <ActForm
      submit={say(`do_${act.replace('-', '_') as 'to_bot' | 'block' | 'lift'}_submit`)}
      grave={act !== 'to-bot'}
      missing={() => (reasoned && !text.trim() ? say('act_need_text') : undefined)}
      run={() => perform(ticket.id, act, reasoned ? { note: noteOf(text, id) } : {})}
    >
      <p>{say(texts[act])}</p>
      {reasoned && <TextArea label={say('act_why')} hint={say('act_why_hint')} value={text} onInput={setText} first />}
    </ActForm>
  );
}

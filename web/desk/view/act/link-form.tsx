import { useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { perform } from '../../core/acting.ts';
import { say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { LineInput } from './line-input.tsx';

/** With which ticket this one has to do. */
export function LinkForm({ view: { ticket } }: { view: TicketView }) {
  const [number, setNumber] = useState('');
  return (
    <ActForm
      submit={say('do_link_submit')}
      missing={() => (number.trim() ? undefined : say('act_need_text'))}
      run={() => perform(ticket.id, 'link', { number })}
      refused={({ code }) => (['not-found', 'input.invalid'].includes(code) ? say('link_unknown') : undefined)}
    >
      <LineInput label={say('link_number')} hint={say('number_hint')} value={number} onInput={setNumber} first />
    </ActForm>
  );
}

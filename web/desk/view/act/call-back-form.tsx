import { useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { perform } from '../../core/acting.ts';
import { laterTimes, localInput } from '../../core/later.ts';
import { say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { LineInput } from './line-input.tsx';

/** Which number to call and when. */
export function CallBackForm({ view: { ticket } }: { view: TicketView }) {
  const [number, setNumber] = useState('');
  const [at, setAt] = useState(localInput(laterTimes(new Date()).hour));
  const [sure, setSure] = useState(false);
  const missing = () => {
    if (!/^\s*(\+|00)[\d\s()./-]{8,25}$/.test(number)) return say('call_bad_number');
    if (!(new Date(at).getTime() > Date.now())) return say('time_passed');
    return sure ? undefined : say('call_need_sure');
  };
  return (
    <ActForm
      submit={say('do_call_back_submit')}
      missing={missing}
      run={() => perform(ticket.id, 'call-back', { number, wishedAt: new Date(at).toISOString() })}
      refused={({ code }) => (code === 'input.invalid' ? say('call_bad_number') : undefined)}
    >
      <LineInput label={say('call_number')} hint={say('call_number_hint')} type="tel" value={number} onInput={setNumber} first />
      <LineInput label={say('call_when')} type="datetime-local" value={at} onInput={setAt} />
      <label class="check">
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
        <span>{say('call_sure')}</span>
      </label>
    </ActForm>
  );
}

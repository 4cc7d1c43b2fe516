import { useMemo, useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { newId } from '../../../widget/core/new-id.ts';
import { noteOf, perform } from '../../core/acting.ts';
import { say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { TextArea } from './text-area.tsx';

/** To whom it goes up, and why. */
export function EscalateForm({ view: { ticket } }: { view: TicketView }) {
  const [text, setText] = useState('');
  const id = useMemo(newId, []);
  return (
    <ActForm submit={say('do_escalate_submit')} run={() => perform(ticket.id, 'escalate', { note: noteOf(text, id) })}>
      <p>{ticket.level === 'operator' ? say('escalate_to_supervisor') : say('escalate_to_investigation')}</p>
      <TextArea label={say('act_why')} hint={say('act_why_hint')} value={text} onInput={setText} first />
    </ActForm>
  );
}

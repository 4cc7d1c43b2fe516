import { useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { perform } from '../../core/acting.ts';
import { say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { OneOf } from './one-of.tsx';

/** How urgent a ticket is. */
export function UrgencyForm({ view: { ticket } }: { view: TicketView }) {
  const [urgency, setUrgency] = useState(ticket.urgency);
  return (
    <ActForm submit={say('do_urgency_submit')} run={() => perform(ticket.id, 'urgency', { urgency })}>
      <OneOf
        legend={say('do_urgency_note')}
        options={(['normal', 'high', 'top'] as const).map((value) => ({ value, name: say(`urgency_${value}`) }))}
        chosen={urgency}
        choose={(value) => setUrgency(value as typeof urgency)}
        first
      />
    </ActForm>
  );
}

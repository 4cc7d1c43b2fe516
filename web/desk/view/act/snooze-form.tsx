import { useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { perform } from '../../core/acting.ts';
import { laterTimes, localInput } from '../../core/later.ts';
import { moment } from '../../core/times.ts';
import { type Key, say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { LineInput } from './line-input.tsx';
import { OneOf } from './one-of.tsx';

/** Until when a ticket is out of sight. */
export function SnoozeForm({ view: { ticket } }: { view: TicketView }) {
  const times = laterTimes(new Date());
  const [choice, setChoice] = useState<string>('hour');
  const [own, setOwn] = useState(localInput(times.tomorrow));
  const until = () => (choice === 'at' ? new Date(own) : times[choice as keyof typeof times]);
  const run = () =>
    perform(ticket.id, 'snooze', { until: until().toISOString() }, say('flag_snoozed', { time: moment(until().getTime()) }));
  return (
    <ActForm submit={say('do_snooze_submit')} missing={() => (until().getTime() > Date.now() ? undefined : say('time_passed'))} run={run}>
      <OneOf
        legend={say('do_snooze_note')}
        options={[...Object.keys(times), 'at'].map((each) => ({ value: each, name: say(`snooze_${each}` as Key) }))}
        chosen={choice}
        choose={setChoice}
        first
      />
      {choice === 'at' && <LineInput label={say('call_when')} type="datetime-local" value={own} onInput={setOwn} />}
    </ActForm>
  );
}

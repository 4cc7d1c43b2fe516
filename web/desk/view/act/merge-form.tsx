import { useState } from 'preact/hooks';
import type { MergeSide, MergeSides } from '../../../../src/server/desk/act-protocol.ts';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { perform } from '../../core/acting.ts';
import { get } from '../../core/call.ts';
import { focusOn } from '../../core/focus.ts';
import { asRefused } from '../../core/refused.ts';
import { dayName } from '../../core/times.ts';
import { nameOf, say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { LineInput } from './line-input.tsx';

/** Two contacts beside each other, and whether they are one person. */
export function MergeForm({ view: { ticket } }: { view: TicketView }) {
  const [number, setNumber] = useState('');
  const [sides, setSides] = useState<MergeSides>();
  const [sure, setSure] = useState(false);
  // The first press compares, the second merges.
  const run = async () => {
    if (sides) return perform(ticket.id, 'merge', { number });
    try {
      setSides(await get<MergeSides>(`tickets/${ticket.id}/merge`, { number }));
      // The field that had the focus is gone, and autofocus works only as a dialog opens.
      focusOn('merge-sure');
      return 'stay' as const;
    } catch (error) {
      return asRefused(error);
    }
  };
  const missing = () => {
    if (!number.trim()) return say('act_need_text');
    return sides && !sure ? say('merge_need_sure') : undefined;
  };
  return (
    <ActForm
      submit={sides ? say('do_merge_submit') : say('merge_find')}
      grave={sides !== undefined}
      missing={missing}
      run={run}
      refused={({ code }) => ({ 'not-found': say('link_unknown'), 'input.invalid': say('merge_same') })[code]}
    >
      {sides ? (
        <>
          <div class="sides">
            <Side title={say('merge_stays')} side={sides.into} />
            <Side title={say('merge_goes')} side={sides.from} />
          </div>
          <label class="check">
            <input type="checkbox" id="merge-sure" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
            <span>{say('merge_sure')}</span>
          </label>
        </>
      ) : (
        <LineInput label={say('merge_number')} hint={say('number_hint')} value={number} onInput={setNumber} first />
      )}
    </ActForm>
  );
}

function Side({ title, side }: { title: string; side: MergeSide }) {
  const facts = [
    side.verified ? say('verified_yes') : say('identity_unknown'),
    side.tier,
    side.language && nameOf('language', side.language),
    side.protected && say('protected'),
    side.blocked && say('flag_blocked'),
    side.channels.map((channel) => nameOf('channel', channel)).join(', '),
    dayName(side.since),
  ];
  return (
    <section class="side" aria-label={title}>
      <h3>{title}</h3>
      <p>
        <strong>{side.name ?? say('visitor', { id: side.id })}</strong>
      </p>
      <ul>
        {facts.filter(Boolean).map((fact) => (
          <li key={String(fact)}>{fact}</li>
        ))}
      </ul>
      <ul class="numbers">
        {side.tickets.map((each) => (
          <li key={each.number}>
            {each.number} · {nameOf('reason', each.reason)}
          </li>
        ))}
      </ul>
    </section>
  );
}

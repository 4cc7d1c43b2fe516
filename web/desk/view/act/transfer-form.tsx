import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Receiver, Receivers, TransferBody } from '../../../../src/server/desk/act-protocol.ts';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { newId } from '../../../widget/core/new-id.ts';
import { noteOf, perform } from '../../core/acting.ts';
import { get } from '../../core/call.ts';
import { me } from '../../core/me.ts';
import { moment } from '../../core/times.ts';
import { nameOf, say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { OneOf } from './one-of.tsx';
import { TextArea } from './text-area.tsx';

/** To which department or colleague, with a note for them. Who may get it comes first, and of them who speaks the contact's language. */
export function TransferForm({ view: { ticket } }: { view: TicketView }) {
  const [to, setTo] = useState<string>();
  const [text, setText] = useState('');
  const [{ agents: receivers, closed }, setReceivers] = useState<Partial<Receivers>>({});
  const id = useMemo(newId, []);
  useEffect(() => {
    void get<Receivers>(`tickets/${ticket.id}/receivers`).then(setReceivers, () => setReceivers({ agents: [] }));
  }, [ticket.id]);
  const run = () => {
    const [kind, value = ''] = (to ?? '').split(/:(.*)/s);
    const goal = kind === 'agent' ? { agentId: Number(value) } : { department: value };
    return perform(ticket.id, 'transfer', { ...goal, note: noteOf(text, id) } satisfies TransferBody);
  };
  const departments = me.value?.allDepartments.filter((each) => each.id !== ticket.department || ticket.state !== 'waiting') ?? [];
  return (
    <ActForm submit={say('do_transfer_submit')} missing={() => (to ? undefined : say('transfer_need'))} run={run}>
      <div class="two-lists">
        <OneOf
          legend={say('transfer_to_department')}
          options={departments.map((each) => {
            const opens = closed?.[each.id];
            return { value: `department:${each.id}`, name: each.name, note: opens && say('department_closed', { time: moment(opens) }) };
          })}
          chosen={to}
          choose={setTo}
          first
        />
        {receivers?.length === 0 ? (
          <p class="note">{say('transfer_nobody')}</p>
        ) : (
          <OneOf
            legend={say('transfer_to_agent')}
            options={(receivers ?? []).map((each) => ({
              value: `agent:${each.id}`,
              name: each.name,
              note: told(each, ticket.language),
              off: each.unfit !== undefined,
            }))}
            chosen={to}
            choose={setTo}
          />
        )}
      </div>
      <TextArea label={say('act_why')} hint={say('act_why_hint')} value={text} onInput={setText} />
    </ActForm>
  );
}

function told({ open, capacity, speaks, unfit }: Receiver, language: string): string {
  const load = say('receiver_load', { open, capacity });
  const facts = [unfit && nameOf('unfit', unfit), load, speaks && say('receiver_speaks', { language: nameOf('language', language) })];
  return facts.filter(Boolean).join(' · ');
}

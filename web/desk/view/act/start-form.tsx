import { useMemo, useState } from 'preact/hooks';
import type { StartBody } from '../../../../src/server/desk/act-protocol.ts';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { newId } from '../../../widget/core/new-id.ts';
import { post } from '../../core/call.ts';
import { refreshList } from '../../core/lists.ts';
import { isSupervisor, me } from '../../core/me.ts';
import { asRefused } from '../../core/refused.ts';
import { go } from '../../core/route.ts';
import { moment } from '../../core/times.ts';
import { nameOf, say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { OneOf } from './one-of.tsx';
import { TextArea } from './text-area.tsx';

/** Where we write to a contact first, for which department, and what. */
export function StartForm({ view: { ticket, around } }: { view: TicketView }) {
  const free = around.places.filter((place) => !place.open && !place.unreachable);
  const departments = me.value?.allDepartments.filter((each) => isSupervisor() || me.value?.departments.includes(each.id)) ?? [];
  const [addressId, setAddress] = useState(String(free[0]?.id ?? ''));
  const [department, setDepartment] = useState(departments.find((each) => each.id === ticket.department)?.id ?? departments[0]?.id);
  const [text, setText] = useState('');
  const id = useMemo(newId, []);
  const run = async () => {
    try {
      const body = { addressId: Number(addressId), department: department ?? '', id, text: text.trim() } satisfies StartBody;
      const { ticketId } = await post<{ ticketId: number }>(`tickets/${ticket.id}/start`, body);
      go({ page: 'tickets', list: 'mine', ticket: ticketId });
      refreshList();
      return undefined;
    } catch (error) {
      return asRefused(error);
    }
  };
  if (free.length === 0) return <p>{say('start_none')}</p>;
  return (
    <ActForm submit={say('do_start_submit')} missing={() => (text.trim() ? undefined : say('act_need_text'))} run={run}>
      <OneOf
        legend={say('start_where')}
        options={free.map((place) => ({
          value: String(place.id),
          name: nameOf('channel', place.channel),
          note: place.lastAt && say('place_last', { time: moment(place.lastAt) }),
        }))}
        chosen={addressId}
        choose={setAddress}
      />
      <OneOf
        legend={say('fact_department')}
        options={departments.map((each) => ({ value: each.id, name: each.name }))}
        chosen={department}
        choose={setDepartment}
      />
      <TextArea label={say('start_text')} hint={say('markup_hint')} value={text} onInput={setText} rows={4} longest={8_000} first />
    </ActForm>
  );
}

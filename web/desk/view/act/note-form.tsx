import { useMemo, useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { newId } from '../../../widget/core/new-id.ts';
import { noteOf, perform } from '../../core/acting.ts';
import { say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { TextArea } from './text-area.tsx';

/** What colleagues should know. */
export function NoteForm({ view: { ticket } }: { view: TicketView }) {
  const [text, setText] = useState('');
  const id = useMemo(newId, []);
  return (
    <ActForm
      submit={say('do_note_submit')}
      missing={() => (text.trim() ? undefined : say('act_need_text'))}
      run={() => perform(ticket.id, 'note', noteOf(text, id), '')}
    >
      <TextArea label={say('act_why')} hint={say('act_why_hint')} value={text} onInput={setText} rows={4} first />
    </ActForm>
  );
}

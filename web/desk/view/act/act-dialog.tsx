import type { JSX } from 'preact';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { type ActName, acting, actingOpen } from '../../core/acting.ts';
import { type Key, say } from '../../words.ts';
import { Dialog } from '../dialog.tsx';
import { CallBackForm } from './call-back-form.tsx';
import { ConfirmForm } from './confirm-form.tsx';
import { EscalateForm } from './escalate-form.tsx';
import { LanguageForm } from './language-form.tsx';
import { LinkForm } from './link-form.tsx';
import { MergeForm } from './merge-form.tsx';
import { NoteForm } from './note-form.tsx';
import { SnoozeForm } from './snooze-form.tsx';
import { StartForm } from './start-form.tsx';
import { TagsForm } from './tags-form.tsx';
import { TransferForm } from './transfer-form.tsx';
import { UrgencyForm } from './urgency-form.tsx';

const forms: Record<ActName, (props: { view: TicketView }) => JSX.Element> = {
  note: NoteForm,
  transfer: TransferForm,
  escalate: EscalateForm,
  snooze: SnoozeForm,
  urgency: UrgencyForm,
  language: LanguageForm,
  tags: TagsForm,
  link: LinkForm,
  'call-back': CallBackForm,
  start: StartForm,
  merge: MergeForm,
  'to-bot': ({ view }) => <ConfirmForm view={view} act="to-bot" />,
  block: ({ view }) => <ConfirmForm view={view} act="block" />,
  lift: ({ view }) => <ConfirmForm view={view} act="lift" />,
};

/** The form of the act that was begun, over everything. */
export function ActDialog({ view }: { view: TicketView }) {
  const act = acting.value;
  const Form = act && forms[act];
  return (
    <Dialog open={actingOpen} title={act ? say(doKey(act)) : ''}>
      {Form && <Form key={`${act}-${view.ticket.id}`} view={view} />}
    </Dialog>
  );
}

/** The name of an act. */
export function doKey(act: ActName | 'reopen' | 'wake' | 'unblock'): Key {
  return `do_${act.replaceAll('-', '_')}` as Key;
}

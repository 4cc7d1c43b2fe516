import type { TicketView } from '../../../src/server/desk/protocol.ts';
import type { DeskMessage } from '../../../src/server/desk/talk-protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { performNow } from '../core/acting.ts';
import { isSupervisor } from '../core/me.ts';
import { clockTime, moment } from '../core/times.ts';
import { nameOf, say } from '../words.ts';
import { DeliveryMark } from './delivery-mark.tsx';
import { FileList } from './file-list.tsx';
import { FullMail } from './full-mail.tsx';
import { Icon } from './icon.tsx';
import { MailMarks } from './mail-marks.tsx';
import { contactName } from './ticket-row.tsx';
import { Why } from './why.tsx';

interface Props {
  message: DeskMessage;
  view: TicketView;
  /** The first of a run by the same hand: it has the name. */
  first: boolean;
  /** Came after what the person had read when they wrote. */
  fresh: boolean;
}

/** One message: whose, what, what was hidden in it, what became of it, and why the bot said it. */
export function MessageLine({ message, view, first, fresh }: Props) {
  const { author, masked, why, at, delivery } = message;
  const who = { contact: contactName(view.ticket), bot: say('bot'), system: say('system'), agent: message.agent ?? say('agent') }[author];
  const shown = delivery !== undefined && (author === 'agent' || delivery !== 'sent');
  return (
    <article class={`message ${author}${first ? ' first' : ''}${fresh ? ' fresh' : ''}${delivery === 'failed' ? ' failed' : ''}`}>
      <p class={first ? 'by' : 'by hidden'}>
        {author === 'bot' && <Icon name="bolt" />}
        {who}
      </p>
      <Bubble message={message} ticketId={view.ticket.id} />
      <div class="under-bubble">
        <time dateTime={at}>{clockTime(at)}</time>
        {message.editedAt && !message.deletedAt && <span>{say('message_edited', { time: moment(message.editedAt) })}</span>}
        {masked?.map((kind) => (
          <span class="masked" key={kind}>
            <Icon name="mask" />
            {say('masked', { what: nameOf('masked', kind) })}
          </span>
        ))}
        <MailMarks message={message} />
        {shown && <DeliveryMark delivery={delivery} failure={message.failure} />}
        {delivery === 'failed' && author === 'agent' && (
          <button
            type="button"
            class="quiet small"
            onClick={() => void performNow(view.ticket.id, `messages/${message.id}/retry`, {}, say('retry_told'))}
          >
            {say('message_retry')}
          </button>
        )}
        {why && <Why why={why} />}
      </div>
    </article>
  );
}

function Bubble({
  message: { id, author, text, subject, quoted, full, original, choices, attachments, deletedAt },
  ticketId,
}: {
  message: DeskMessage;
  ticketId: number;
}) {
  if (deletedAt)
    return (
      <div class="bubble gone">
        <p>{say('message_deleted', { time: moment(deletedAt) })}</p>
      </div>
    );
  return (
    <div class="bubble">
      {subject && <p class="subject">{subject}</p>}
      {quoted && <blockquote class="quoted">{quoted}</blockquote>}
      {author === 'contact' ? text && <p class="plain-text">{text}</p> : <MarkedUp text={text} />}
      {choices && choices.length > 0 && (
        <ul class="choices" aria-label={say('choices')}>
          {choices.map((choice) => (
            <li key={choice}>{choice}</li>
          ))}
        </ul>
      )}
      {attachments && attachments.length > 0 && <FileList files={attachments} />}
      {full && <FullMail ticketId={ticketId} messageId={id} />}
      {original && isSupervisor() && (
        <a class="original" href={`/api/desk/files/${original}`} download>
          {say('message_original')}
        </a>
      )}
    </div>
  );
}

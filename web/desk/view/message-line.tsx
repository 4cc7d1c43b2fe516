import type { DeskMessage, TicketView } from '../../../src/server/desk/protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { clockTime } from '../core/times.ts';
import { nameOf, say } from '../words.ts';
import { DeliveryMark } from './delivery-mark.tsx';
import { Icon } from './icon.tsx';
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

/** One message: whose, what, what was hidden in it, how far it got, and why the bot said it. */
export function MessageLine({ message, view, first, fresh }: Props) {
  const { author, text, choices, masked, why, at, delivery } = message;
  const who = { contact: contactName(view.ticket), bot: say('bot'), system: say('system'), agent: message.agent ?? say('agent') }[author];
  const shown = delivery !== undefined && (author === 'agent' || delivery !== 'sent');
  return (
    <article class={`message ${author}${first ? ' first' : ''}${fresh ? ' fresh' : ''}${delivery === 'failed' ? ' failed' : ''}`}>
      <p class={first ? 'by' : 'by hidden'}>
        {author === 'bot' && <Icon name="bolt" />}
        {who}
      </p>
      <div class="bubble">
        {author === 'contact' ? <p class="plain-text">{text}</p> : <MarkedUp text={text} />}
        {choices && choices.length > 0 && (
          <ul class="choices" aria-label={say('choices')}>
            {choices.map((choice) => (
              <li key={choice}>{choice}</li>
            ))}
          </ul>
        )}
      </div>
      <div class="under-bubble">
        <time dateTime={at}>{clockTime(at)}</time>
        {masked?.map((kind) => (
          <span class="masked" key={kind}>
            <Icon name="mask" />
            {say('masked', { what: nameOf('masked', kind) })}
          </span>
        ))}
        {shown && <DeliveryMark delivery={delivery} failure={message.failure} />}
        {why && <Why why={why} />}
      </div>
    </article>
  );
}

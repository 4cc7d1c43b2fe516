import { Icon } from '../../ui/icon.tsx';
import { say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';

/** One line on what stands in the way (no connection, a refusal), else on the ticket: its number and the place in line. */
export function Status({ chat }: { chat: Chat }) {
  const connection = chat.connection.value;
  const state = chat.state.value;
  const notice = chat.notice.value;
  return (
    <div role="status" class="status">
      {connection === 'refused' || (connection === 'offline' && notice) ? (
        <p class="bar fault">
          <Icon name="fault" />
          <span>{notice ?? say('refused')}</span>
          <button type="button" onClick={chat.reconnect}>
            {say('reload')}
          </button>
        </p>
      ) : connection === 'offline' ? (
        <p class="bar fault">
          <Icon name="fault" />
          <span>{say('offline')}</span>
        </p>
      ) : notice ? (
        <p class="bar">
          <Icon name="clock" />
          <span>{notice}</span>
        </p>
      ) : (
        state?.ticket &&
        state.owner !== 'bot' && <Ticket number={state.ticket.number} text={state.owner === 'agent' ? '' : place(state.ticket.position)} />
      )}
    </div>
  );
}

function Ticket({ number, text }: { number: string; text: string }) {
  return (
    <p class="bar ticket">
      <span>{text}</span>
      <span class="number">{say('ticket', { number })}</span>
    </p>
  );
}

function place(position: number | undefined): string {
  if (position === undefined) return say('waiting');
  return position <= 1 ? say('in_line_next') : say('in_line', { position });
}

import type { ChatMessage } from '../../../src/bots/web/protocol.ts';
import { Icon } from '../../ui/icon.tsx';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { language, say } from '../../ui/words.ts';
import type { Chat, Kept } from '../core/chat.ts';
import type { Waiting } from '../core/queue.ts';
import { asAction } from './as-action.ts';
import { AttachedFile } from './attached-file.tsx';

/** One message of the record. */
export function Bubble({ chat, message, first, last }: { chat: Chat; message: ChatMessage; first: boolean; last: boolean }) {
  const own = message.author === 'contact';
  const action = own ? asAction(message.text, chat.config.peek()?.languages) : undefined;
  if (action) return <p class="action">{action}</p>;
  const name = message.name ?? say(own ? 'by_you' : `by_${message.author as 'bot' | 'agent' | 'system'}`);
  return (
    <article data-id={message.id} class={`row ${message.author}${first ? ' first' : ''}${last ? ' last' : ''}`}>
      <p class={first && message.name ? 'name' : 'hidden'}>{name}</p>
      <div class="bubble" dir="auto">
        {own || message.author === 'system' ? message.text && <p>{message.text}</p> : <MarkedUp text={message.text} />}
        {message.attachments?.map((file) => (
          <AttachedFile key={file.name} file={file} server={chat.server} />
        ))}
      </div>
      <p class={last ? 'meta' : 'hidden'}>
        <time dateTime={new Date(message.at).toISOString()}>{clock(message.at)}</time>
        {own && <Mark icon="check" text={say('kept')} />}
      </p>
    </article>
  );
}

/** A message of the visitor that is on its way. */
export function OwnBubble({ chat, waiting }: { chat: Chat; waiting: Waiting | Kept }) {
  const action = asAction(waiting.text, chat.config.value?.languages);
  if (action && !waiting.failed) return <p class="action">{action}</p>;
  const kept = 'kept' in waiting;
  const online = chat.connection.value === 'online' || chat.connection.value === 'idle';
  return (
    <article class={`row contact first last${kept ? '' : ' waiting'}${waiting.failed ? ' failed' : ''}`}>
      <p class="hidden">{say('by_you')}</p>
      <div class="bubble" dir="auto">
        {waiting.text && <p>{waiting.text}</p>}
        {waiting.names?.map((name) => (
          <p class="file" key={name}>
            <Icon name="attach" />
            {name}
          </p>
        ))}
      </div>
      {waiting.failed ? (
        <div class="meta">
          <p class="why">
            <Icon name="fault" />
            {say('failed')}: {waiting.failed}
          </p>
          <button type="button" onClick={() => chat.retry(waiting.id)}>
            {say('retry')}
          </button>
          <button type="button" onClick={() => chat.queue.remove(waiting.id)}>
            {say('discard')}
          </button>
        </div>
      ) : (
        <p class="meta">
          <time>{clock(waiting.at)}</time>
          {kept ? <Mark icon="check" text={say('kept')} /> : <Mark icon="clock" text={online ? say('sending') : say('queued')} />}
        </p>
      )}
    </article>
  );
}

function Mark({ icon, text }: { icon: 'check' | 'clock'; text: string }) {
  return (
    <span class="mark" title={text}>
      <Icon name={icon} />
      <span class="hidden">{text}</span>
    </span>
  );
}

const clock = (at: number) => new Date(at).toLocaleTimeString(language.value, { hour: '2-digit', minute: '2-digit' });

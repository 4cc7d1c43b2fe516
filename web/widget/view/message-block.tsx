import type { ChatMessage } from '../../../src/bots/web/protocol.ts';
import { language, say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';
import { Bubble } from './bubble.tsx';
import { memo } from './memo.ts';

interface Props {
  chat: Chat;
  messages: ChatMessage[];
  /** Neighbours in the record, for the day above and the shape of the corners. */
  before: ChatMessage | undefined;
  after: ChatMessage | undefined;
  /** Not at the living end: the browser need not lay it out while it is out of sight. */
  old: boolean;
}

/** Some consecutive messages. Drawn again only where one of them has changed, so that a long history costs nothing while one talks. */
export const MessageBlock = memo(({ chat, messages, before, after, old }: Props) => (
  <div class={old ? 'block old' : 'block'}>
    {messages.map((message, n) => (
      <Row key={message.id} chat={chat} message={message} before={messages[n - 1] ?? before} after={messages[n + 1] ?? after} />
    ))}
  </div>
));

function Row({
  chat,
  message,
  before,
  after,
}: {
  chat: Chat;
  message: ChatMessage;
  before: ChatMessage | undefined;
  after: ChatMessage | undefined;
}) {
  const day = dayOf(message.at);
  const newDay = !before || dayOf(before.at) !== day;
  return (
    <>
      {newDay && <p class="day">{dayName(message.at)}</p>}
      <Bubble
        chat={chat}
        message={message}
        first={newDay || !sameHand(before, message)}
        last={!after || !sameHand(message, after) || dayOf(after.at) !== day}
      />
    </>
  );
}

const sameHand = (one: ChatMessage | undefined, other: ChatMessage) =>
  one?.author === other.author && one.name === other.name && other.at - one.at < 300_000;
const dayOf = (at: number) => new Date(at).toDateString();

function dayName(at: number): string {
  if (dayOf(at) === dayOf(Date.now())) return say('today');
  if (dayOf(at) === dayOf(Date.now() - 86_400_000)) return say('yesterday');
  return new Date(at).toLocaleDateString(language.value, { day: 'numeric', month: 'long', year: 'numeric' });
}

import { factsOf } from '../core/channels.ts';
import { nameOf, say } from '../words.ts';

/** How long the reply is beside what the channel takes at once. `over`: characters too many for the server. */
export function ReplyLength({ channel, text, over }: { channel: string; text: string; over: number }) {
  const facts = factsOf(channel);
  const parts = facts ? Math.ceil(text.length / facts.maxLength) : 1;
  return (
    <p id="composer-hint" class={over > 0 ? 'hint over' : 'hint'}>
      {over > 0 ? (
        say('too_long', { count: over })
      ) : parts > 1 ? (
        say('in_parts', { count: parts, channel: nameOf('channel', channel) })
      ) : text && facts ? (
        <span class="length">{`${text.length} / ${Math.min(8_000, facts.maxLength)}`}</span>
      ) : (
        say('markup_hint')
      )}
    </p>
  );
}

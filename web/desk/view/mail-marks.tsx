import type { DeskMessage } from '../../../src/server/desk/talk-protocol.ts';
import { nameOf, say } from '../words.ts';
import { Icon } from './icon.tsx';

/** What the channel noticed of a message: a sender nobody vouches for, a program that wrote, another ticket that it names. */
export function MailMarks({ message: { marks = [], silent } }: { message: DeskMessage }) {
  const told = marks.map(worded).filter((text) => text !== undefined);
  if (silent) told.push(nameOf('silent', silent));
  return (
    <>
      {told.map((text) => (
        <span class="mark" key={text}>
          <Icon name="fault" />
          {text}
        </span>
      ))}
    </>
  );
}

// How a server came to trust a sender interests nobody; that it does not, everybody.
function worded(mark: string): string | undefined {
  const [code = '', value = ''] = mark.split(/[=:](.*)/s);
  if (code === 'related') return say('mark_related', { number: value });
  if (['spf', 'dkim', 'dmarc'].includes(code))
    return value.endsWith('pass') || value === 'none' ? undefined : `${code.toUpperCase()} ${value}`;
  return nameOf('mark', code);
}

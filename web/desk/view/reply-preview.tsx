import { useEffect, useState } from 'preact/hooks';
import type { Preview } from '../../../src/server/desk/composer-protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { explain } from '../core/explain.ts';
import { fetchPreview } from '../core/inserts.ts';
import { asRefused } from '../core/refused.ts';
import { say } from '../words.ts';

/** The reply as the contact's channel will show it: its markup or plain, in as many messages as it goes out in. */
export function ReplyPreview({ ticketId, text }: { ticketId: number; text: string }) {
  const [shown, setShown] = useState<Preview>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    fetchPreview(ticketId, text).then(setShown, (error) => setProblem(explain(asRefused(error))));
  }, [ticketId, text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="shown" aria-label={say('preview')} aria-busy={!shown && !problem} tabIndex={0}>
      {problem && <p role="alert">{problem}</p>}
      {shown && !shown.markup && <p class="aside">{say('preview_plain')}</p>}
      {shown?.parts.map((part, n) => (
        <div class="part" key={n}>
          {shown.markup ? <MarkedUp text={part} /> : <p class="plain-text">{part}</p>}
        </div>
      ))}
    </section>
  );
}

import { useState } from 'preact/hooks';
import { get } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { say } from '../words.ts';

/** All of a mail with what it quotes, fetched when somebody wants it. */
export function FullMail({ ticketId, messageId }: { ticketId: number; messageId: number }) {
  const [text, setText] = useState('');
  const load = async () => {
    if (text) return;
    try {
      setText((await get<{ text: string }>(`tickets/${ticketId}/messages/${messageId}/full`)).text);
    } catch (error) {
      setText(explain(asRefused(error)));
    }
  };
  return (
    <details class="full-mail" onToggle={(event) => event.currentTarget.open && void load()}>
      <summary>{say('message_full')}</summary>
      <p class="plain-text">{text || say('loading')}</p>
    </details>
  );
}

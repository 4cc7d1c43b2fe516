import { useEffect } from 'preact/hooks';
import type { TicketView } from '../../../src/server/desk/protocol.ts';
import { fetchSuggestions, suggested } from '../core/inserts.ts';
import { percent } from '../core/times.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';
import type { Put } from './use-text-field.ts';

/** Answers to the contact's last message, one press each; gone as soon as a person has answered it. */
export function Suggestions({ view, choose }: { view: TicketView; choose(put: Put): void }) {
  const { ticket, heardSeq, conversationId } = view;
  useEffect(() => void fetchSuggestions(ticket.id), [ticket.id, heardSeq]);
  const inserts = suggested.value?.ticketId === ticket.id ? suggested.value.inserts : [];
  const said = view.messages.filter((message) => message.conversationId === conversationId);
  const answered = said.some(({ author, seq }) => author === 'agent' && (seq === null || seq > heardSeq));
  if (inserts.length === 0 || answered) return null;
  return (
    <ul class="suggestions" aria-label={say('suggested')}>
      {inserts.map((insert) => (
        <li key={insert.id}>
          <button type="button" class="quiet small" title={insert.text} onClick={() => choose(insert)}>
            <Icon name="bolt" />
            <span class="title">{insert.title}</span>
            <span class="sure">{percent(insert.confidence ?? 0)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

import { language, say } from '../../ui/words.ts';
import type { Chat } from '../core/chat.ts';

/** Saves the conversation as a text file on the visitor's device. Nothing leaves the browser. */
export function downloadTranscript(chat: Chat): void {
  const address = URL.createObjectURL(new Blob([`\uFEFF${transcript(chat)}`], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${say('transcript_file')}-${new Date().toISOString().slice(0, 10)}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function transcript({ messages, state, config }: Chat): string {
  const ticket = state.value?.ticket;
  const head = [
    say('transcript_title', { brand: config.value?.brand ?? '' }),
    ...(ticket ? [say('ticket', { number: ticket.number })] : []),
  ];
  const lines = messages.value.map(({ author, name, text, choices, at }) => {
    const who = name ?? say(author === 'contact' ? 'by_you' : `by_${author}`);
    const when = new Date(at).toLocaleString(language.value, { dateStyle: 'short', timeStyle: 'short' });
    return [`${when}  ${who}:`, text, ...(choices ?? []).map(({ label }) => `  [${label}]`)].join('\n');
  });
  return `${head.join('\n')}\n\n${lines.join('\n\n')}\n`;
}

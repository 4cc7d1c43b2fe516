import { useState } from 'preact/hooks';
import type { TicketView } from '../../../../src/server/desk/protocol.ts';
import { perform } from '../../core/acting.ts';
import { say } from '../../words.ts';
import { ActForm } from './act-form.tsx';
import { LineInput } from './line-input.tsx';

/** In which language the contact is to be answered, whether the bot speaks it or not. */
export function LanguageForm({ view: { ticket } }: { view: TicketView }) {
  const [code, setCode] = useState(ticket.language);
  const language = code.trim().toLowerCase();
  return (
    <ActForm
      submit={say('do_language_submit')}
      missing={() => (/^[a-z]{2,3}$/.test(language) ? undefined : say('language_bad'))}
      run={() => perform(ticket.id, 'language', { language })}
    >
      <LineInput
        label={say('do_language_note')}
        hint={say('language_hint')}
        value={code}
        onInput={setCode}
        list={['tr', 'en', 'az', 'ru', 'de', 'ar', 'fa', 'ka', 'uk']}
        first
      />
    </ActForm>
  );
}

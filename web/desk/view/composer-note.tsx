import type { TicketView } from '../../../src/server/desk/protocol.ts';
import type { Sending } from '../core/sending.ts';
import { say } from '../words.ts';
import { Icon } from './icon.tsx';

/** Messages quoted at most. */
const most = 3;

/** Why a reply has not gone out: something new came (which is shown), nobody knows whether it arrived, or it was refused. The text stays. */
export function ComposerNote({ view, sending }: { view: TicketView; sending: Sending }) {
  const phase = sending.phase.value;
  const after = phase.now === 'stale' ? phase.after : Number.POSITIVE_INFINITY;
  const here = view.messages.filter(({ author, conversationId }) => author === 'contact' && conversationId === view.conversationId);
  const since = here.filter(({ seq }) => (seq ?? 0) > after);
  return (
    <div role="alert" class="composer-note">
      {phase.now === 'stale' && (
        <div class="note stale">
          <Icon name="fault" />
          <div>
            <strong>{say('stale_title')}</strong>
            {since.slice(-most).map(({ id, text }) => (
              <q key={id}>{text.length > 240 ? `${text.slice(0, 240)}…` : text}</q>
            ))}
            <p>{say('stale_text')}</p>
          </div>
        </div>
      )}
      {phase.now === 'unsure' && (
        <div class="note">
          <Icon name="clock" />
          <div>
            <strong>{say('unsure_title')}</strong>
            <p>{say('unsure_text')}</p>
            <p class="note-acts">
              <button type="button" class="quiet small" onClick={() => void sending.send()}>
                {say('again')}
              </button>
              <button type="button" class="quiet small" onClick={sending.reopen}>
                {say('unsure_edit')}
              </button>
            </p>
          </div>
        </div>
      )}
      {phase.now === 'refused' && (
        <div class="note bad">
          <Icon name="fault" />
          <div>
            <strong>{phase.why}</strong>
            <p>{say('refused_kept')}</p>
          </div>
        </div>
      )}
    </div>
  );
}

import type { DeskMessage } from '../../../src/server/desk/protocol.ts';
import { percent } from '../core/times.ts';
import { nameOf, say } from '../words.ts';

/** Why the bot said something: what it decided, how sure it was, and what came next. */
export function Why({ why }: { why: NonNullable<DeskMessage['why']> }) {
  const others = why.candidates.filter(({ id, score }) => id !== why.topic && score >= 0.005);
  return (
    <details class="why">
      <summary>{say('why')}</summary>
      <dl>
        <div>
          <dt>{say('why_act')}</dt>
          <dd>
            {nameOf('act', why.act)}
            {why.reason && ` (${nameOf('reason', why.reason)})`}
          </dd>
        </div>
        {why.topic && (
          <div>
            <dt>{say('why_topic')}</dt>
            <dd>
              <code>{why.topic}</code>
            </dd>
          </div>
        )}
        <div>
          <dt>{say('why_confidence')}</dt>
          <dd>{percent(why.confidence)}</dd>
        </div>
        {others.length > 0 && (
          <div>
            <dt>{say('why_others')}</dt>
            <dd>
              {others.map(({ id, score }) => (
                <span class="candidate" key={id}>
                  <code>{id}</code> {percent(score)}
                </span>
              ))}
            </dd>
          </div>
        )}
        {why.signals.length > 0 && (
          <div>
            <dt>{say('why_signals')}</dt>
            <dd>{why.signals.join(' ')}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}

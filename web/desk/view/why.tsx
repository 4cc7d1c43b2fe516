import type { Why as Reasons } from '../../../src/server/desk/talk-protocol.ts';
import { percent } from '../core/times.ts';
import { nameOf, say } from '../words.ts';

/** Why the bot said something: what it decided and why, which topic it found and how sure it was, and what came next. */
export function Why({ why }: { why: Reasons }) {
  const found = why.candidates.find(({ id }) => id === why.topic);
  const others = why.candidates.filter(({ id, score }) => id !== why.topic && score >= 0.005);
  return (
    <details class="why">
      <summary>{say('why')}</summary>
      <dl aria-label={say('why_lead')}>
        <div>
          <dt>{say('why_act')}</dt>
          <dd>{nameOf('act', why.act)}</dd>
        </div>
        {why.reason && (
          <div>
            <dt>{say('why_reason')}</dt>
            <dd>{nameOf('reason', why.reason)}</dd>
          </div>
        )}
        {why.topic && (
          <div>
            <dt>{say('why_topic')}</dt>
            <dd>
              <Topic id={why.topic} title={why.topicTitle} score={found?.score ?? why.confidence} />
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
              {others.map(({ id, title, score }) => (
                <Topic key={id} id={id} title={title} score={score} />
              ))}
            </dd>
          </div>
        )}
        {why.signals.length > 0 && (
          <div>
            <dt>{say('why_signals')}</dt>
            <dd>{why.signals.map((signal) => nameOf('signal', signal.replace('@', ''))).join(', ')}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}

/** A topic with how well it fits: title, id for editors, and a bar for the eye. */
function Topic({ id, title, score }: { id: string; title?: string; score: number }) {
  return (
    <span class="candidate">
      {title && title !== id && <span>{title}</span>} <code>{id}</code>
      <span class="score">
        <meter min={0} max={1} value={score} aria-hidden="true" /> {percent(score)}
      </span>
    </span>
  );
}

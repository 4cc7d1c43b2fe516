import { useRef, useState } from 'preact/hooks';
import type { Explained } from '../../../src/server/desk/knowledge-protocol.ts';
import { MarkedUp } from '../../ui/marked-up.tsx';
import { post } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { departmentName } from '../core/me.ts';
import { asRefused } from '../core/refused.ts';
import { percent } from '../core/times.ts';
import { Problem } from '../view/problem.tsx';
import { language, nameOf } from '../words.ts';
import { nameOfCode, word } from './words.ts';

/** A box to try: what would the bot answer, and why. */
export function KnowledgeTry() {
  const [text, setText] = useState('');
  const [found, setFound] = useState<Explained | undefined>();
  const [problem, setProblem] = useState('');
  const asked = useRef(0);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!text.trim()) return;
    asked.current += 1;
    const turn = asked.current;
    try {
      const answer = await post<Explained>(`knowledge/ask?language=${language.peek()}`, { text: text.trim() });
      // What was asked later is newer.
      if (turn !== asked.current) return;
      setFound(answer);
      setProblem('');
    } catch (error) {
      if (turn === asked.current) setProblem(explain(asRefused(error)));
    }
  };
  return (
    <>
      <form class="try" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="try-text">{word('try_label')}</label>
          <textarea
            id="try-text"
            rows={2}
            maxLength={2_000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void submit(event);
            }}
          />
        </div>
        <button type="submit" class="main">
          {word('try_submit')}
        </button>
      </form>
      <Problem text={problem} />
      <div aria-live="polite">{found && <Found found={found} />}</div>
    </>
  );
}

function Found({ found }: { found: Explained }) {
  return (
    <div class="try-found">
      <section aria-label={word('try_answer')}>
        <h2>{word('try_answer')}</h2>
        {found.outcome === 'handoff' && (
          <p class="flag">
            {word('try_handoff', {
              department: departmentName(found.department ?? ''),
              reason: nameOf('reason', found.reason ?? ''),
            })}
          </p>
        )}
        {found.text && (
          <div class="try-text">
            <MarkedUp text={found.text} />
          </div>
        )}
        {found.choices.length > 0 && (
          <p class="tags">
            {found.choices.map((label) => (
              <span class="tag" key={label}>
                {label}
              </span>
            ))}
          </p>
        )}
      </section>
      <section aria-label={word('try_why')}>
        <h2>{word('try_why')}</h2>
        <dl class="why-facts">
          <Fact name={word('try_read')} value={found.read} />
          <Fact
            name={word('try_language')}
            value={`${nameOf('language', found.language)}${found.languageSure ? '' : ` (${word('try_guess')})`}${found.foreign ? ` (${word('try_foreign')})` : ''}`}
          />
          <Fact name={word('try_outcome')} value={nameOfCode('outcome', found.outcome)} />
          {found.topic && <Fact name={word('topic')} value={`${found.topic.title} (${found.topic.id})`} />}
          <Fact name={word('try_confidence')} value={percent(found.confidence)} />
          <Fact name={word('try_none')} value={percent(found.none)} />
          {found.signals.length > 0 && (
            <Fact name={word('try_signals')} value={found.signals.map((name) => nameOfCode('signal', name)).join(', ')} />
          )}
          <Fact name={word('try_known')} value={percent(found.coverage)} />
          {found.repaired.length > 0 && (
            <Fact name={word('try_repaired')} value={found.repaired.map(({ typed, read }) => `${typed} → ${read}`).join(', ')} />
          )}
        </dl>
        <h3>{word('try_candidates')}</h3>
        <ol class="candidates">
          {found.candidates.map(({ id, title, score }) => (
            <li key={id}>
              <span>
                {title} <code>{id}</code>
              </span>
              <meter min={0} max={1} value={score} aria-hidden="true" />
              <span class="number">{percent(score)}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

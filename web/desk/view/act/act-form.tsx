import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { acting, actingOpen } from '../../core/acting.ts';
import { explain } from '../../core/explain.ts';
import type { Refused } from '../../core/refused.ts';
import { say } from '../../words.ts';
import { Problem } from '../problem.tsx';

interface Props {
  submit: string;
  /** It cannot be undone, or takes something away. */
  grave?: boolean;
  /** What is missing before it can be sent; undefined where nothing is. */
  missing?(): string | undefined;
  /** Does it; a refusal stays in the form, in words of the form's own where it has some. `stay`: the form goes on. */
  run(): Promise<Refused | 'stay' | undefined>;
  refused?(refused: Refused): string | undefined;
  children?: ComponentChildren;
}

/** The form of an act in its dialog: what it asks for, what is wrong with it, and the two ways out. */
export function ActForm({ submit, grave, missing, run, refused, children }: Props) {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const lacks = missing?.();
    setProblem(lacks ?? '');
    if (lacks) return;
    setBusy(true);
    const fault = await run();
    setBusy(false);
    if (fault === 'stay') return;
    if (fault) setProblem(refused?.(fault) ?? explain(fault));
    else close();
  };
  return (
    <form class="act-form" onSubmit={(event) => void send(event)} noValidate>
      <Problem text={problem} />
      {children}
      <div class="act-foot">
        <button type="button" class="quiet" onClick={close}>
          {say('act_cancel')}
        </button>
        <button type="submit" class={grave ? 'main grave' : 'main'} aria-disabled={busy}>
          {busy ? say('act_busy') : submit}
        </button>
      </div>
    </form>
  );
}

function close(): void {
  actingOpen.value = false;
  acting.value = undefined;
}

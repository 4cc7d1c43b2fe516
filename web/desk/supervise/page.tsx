import type { ComponentChildren } from 'preact';
import { explain } from '../core/explain.ts';
import { Problem } from '../view/problem.tsx';
import { say } from '../words.ts';
import type { Fetched } from './fetched.ts';

interface Props {
  title: string;
  lead: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of a supervisors' page: title, what it is for, what can be done. */
export function Page({ title, lead, actions, children }: Props) {
  return (
    <main class="page" aria-labelledby="page-title">
      <div class="page-head">
        <div>
          <h1 id="page-title" tabIndex={-1}>
            {title}
          </h1>
          <p>{lead}</p>
        </div>
        {actions}
      </div>
      <div class="page-body">{children}</div>
    </main>
  );
}

/** What was fetched, or that it is on its way, or why it is not there. What was there stays while a further try fails. */
export function Loaded<T>({ from: { value, problem, again }, children }: { from: Fetched<T>; children(value: T): ComponentChildren }) {
  return (
    <>
      {problem.value && (
        <div class="failed">
          <Problem text={explain(problem.value)} />
          <button type="button" class="quiet" onClick={again}>
            {say('again')}
          </button>
        </div>
      )}
      {value.value !== undefined ? (
        children(value.value)
      ) : (
        <p class="nothing" aria-busy="true">
          {problem.value ? '' : say('loading')}
        </p>
      )}
    </>
  );
}

/** A table that is wider than a phone is moved sideways by itself, by keyboard too. */
export function Wide({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll-x" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

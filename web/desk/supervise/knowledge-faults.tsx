import type { KnowledgeView } from '../../../src/server/desk/knowledge-protocol.ts';
import { Icon } from '../view/icon.tsx';
import { word } from './words.ts';

/** What is wrong with the files, each with its place and what to do. */
export function KnowledgeFaults({ view: { faults, outdated } }: { view: KnowledgeView }) {
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  if (faults.length === 0)
    return (
      <p class="facts">
        <Icon name="check" /> {word('faults_none')}
      </p>
    );
  return (
    <details class="faults" open={outdated}>
      <summary>{word('faults', { errors, warnings: faults.length - errors })}</summary>
      {outdated && <p class="problem">{word('faults_outdated')}</p>}
      <ul lang="en">
        {faults.map(({ file, line, severity, fault, remedy }) => (
          <li key={`${file}:${line}:${fault}`} class={severity}>
            <code>
              {file}:{line}
            </code>
            <span>
              {fault} {remedy}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

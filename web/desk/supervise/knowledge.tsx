import { useSignal } from '@preact/signals';
import type { KnowledgeView } from '../../../src/server/desk/knowledge-protocol.ts';
import { getSpoken } from '../core/call.ts';
import { language } from '../words.ts';
import { useFetched } from './fetched.ts';
import { KnowledgeFaults } from './knowledge-faults.tsx';
import { KnowledgeGaps } from './knowledge-gaps.tsx';
import { KnowledgeTopics } from './knowledge-topics.tsx';
import { KnowledgeTry } from './knowledge-try.tsx';
import { Loaded, Page } from './page.tsx';
import { word } from './words.ts';

const parts = ['topics', 'try', 'gaps'] as const;

/** The knowledge as supervisors see it: what there is, what it would answer, what it does not. It is changed in its files. */
export function KnowledgePage() {
  const part = useSignal<(typeof parts)[number]>('topics');
  const view = useFetched(() => getSpoken<KnowledgeView>('knowledge'), [language.value]);
  return (
    <Page title={word('tab_knowledge')} lead={word('knowledge_lead')}>
      <fieldset class="switch" aria-label={word('tab_knowledge')}>
        {parts.map((name) => (
          <button
            type="button"
            key={name}
            class="quiet"
            aria-pressed={part.value === name}
            onClick={() => {
              part.value = name;
            }}
          >
            {word(`knowledge_${name}`)}
          </button>
        ))}
      </fieldset>
      {part.value === 'try' ? (
        <KnowledgeTry />
      ) : part.value === 'gaps' ? (
        <KnowledgeGaps />
      ) : (
        <Loaded from={view}>
          {(all) => (
            <>
              <KnowledgeFaults view={all} />
              <KnowledgeTopics view={all} />
            </>
          )}
        </Loaded>
      )}
    </Page>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AuditAct, AuditPage } from '../../../src/server/desk/audit-protocol.ts';
import { get } from '../core/call.ts';
import { explain } from '../core/explain.ts';
import { asRefused } from '../core/refused.ts';
import { hrefOf } from '../core/route.ts';
import { dayName } from '../core/times.ts';
import { Problem } from '../view/problem.tsx';
import { say } from '../words.ts';
import { fetchAgents } from './agents.ts';
import { toldFacts } from './audit-facts.ts';
import { AuditFilter, type Filter, queryOf } from './audit-filter.tsx';
import { useFetched } from './fetched.ts';
import { Page } from './page.tsx';
import { nameOfCode, word } from './words.ts';

/** What was done, by whom and when: filtered, page by page, and as a file. */
export function Audit() {
  const [filter, setFilter] = useState<Filter>({});
  const acts = useSignal<AuditAct[] | undefined>(undefined);
  const next = useSignal<string | undefined>(undefined);
  const problem = useSignal('');
  const agents = useFetched(fetchAgents);
  const agentName = (id: number) => agents.value.value?.find((agent) => agent.id === id)?.name;
  const query = queryOf(filter);
  const asked = useRef(0);
  const fetchPage = async (after?: string) => {
    asked.current += 1;
    const turn = asked.current;
    try {
      const page = await get<AuditPage>('audit', after ? { ...query, after } : query);
      // What was asked later is newer.
      if (turn !== asked.current) return;
      acts.value = after ? [...(acts.peek() ?? []), ...page.acts] : page.acts;
      next.value = page.next;
      problem.value = '';
    } catch (error) {
      if (turn === asked.current) problem.value = explain(asRefused(error));
    }
  };
  useEffect(() => void fetchPage(), [JSON.stringify(query)]);
  const narrow = (to: Filter) => {
    setFilter(to);
    if (JSON.stringify(queryOf(to)) === JSON.stringify(query)) return;
    // Where the list goes on belongs to the filter before, and so does an answer that still comes.
    next.value = undefined;
    asked.current += 1;
  };
  const file = (format: string) => `/api/desk/audit/export?${new URLSearchParams({ ...query, format })}`;
  return (
    <Page
      title={word('tab_audit')}
      lead={word('audit_lead')}
      actions={
        <p class="row">
          <a class="as-button quiet" href={file('csv')} download>
            {word('export_csv')}
          </a>
          <a class="as-button quiet" href={file('jsonl')} download>
            {word('export_jsonl')}
          </a>
        </p>
      }
    >
      <AuditFilter agents={agents.value.value} filter={filter} change={narrow} />
      <Problem text={problem.value} />
      {acts.value === undefined ? (
        <p class="nothing">{problem.value ? '' : say('loading')}</p>
      ) : acts.value.length === 0 ? (
        <p class="nothing">{word('audit_none')}</p>
      ) : (
        <ol class="acts-list">
          {acts.value.map((act) => (
            <Line key={act.id} act={act} agentName={agentName} />
          ))}
        </ol>
      )}
      {next.value && (
        <button type="button" class="quiet wide" onClick={() => void fetchPage(next.peek())}>
          {word('audit_more')}
        </button>
      )}
    </Page>
  );
}

function Line({ act, agentName }: { act: AuditAct; agentName(id: number): string | undefined }) {
  const { at, kind, data, agent, ticketId, ticket } = act;
  const what = [data.act, data.state].find((each) => typeof each === 'string') as string | undefined;
  const facts = toldFacts(act, agentName);
  return (
    <li>
      <time dateTime={at}>
        {dayName(at)}, {new Date(at).toTimeString().slice(0, 8)}
      </time>
      <span class="act-who">{agent ?? word('nobody')}</span>
      <span class="act-what">
        <strong>{nameOfCode('kind', kind)}</strong>
        {what && ` · ${nameOfCode('act', what)}`}
        {ticketId !== undefined && (
          <>
            {' · '}
            <a href={hrefOf({ page: 'listen', ticket: ticketId })}>{ticket ?? ticketId}</a>
          </>
        )}
        {facts.length > 0 && (
          <small>
            {facts.map(({ label, text }) => (
              <span key={label}>
                {label}: <b>{text}</b>
              </span>
            ))}
          </small>
        )}
      </span>
    </li>
  );
}

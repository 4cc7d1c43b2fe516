import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { AgentLine } from '../../../src/server/desk/agent-protocol.ts';
import { get } from '../core/call.ts';
import { useFetched } from './fetched.ts';
import { nameOfCode, word } from './words.ts';

/** What of the audit is looked at; days as the browser's fields have them, 2026-11-22. */
export interface Filter {
  agent?: string;
  kind?: string;
  ticket?: string;
  from?: string;
  to?: string;
}

/** A filter as the server takes it: whole days of whoever looks. */
export function queryOf({ agent, kind, ticket, from, to }: Filter): Record<string, string> {
  const day = (text: string, after = 0) => {
    const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
    return new Date(year, month - 1, date + after).toISOString();
  };
  const given = { agent, kind, ticket: ticket?.trim(), from: from && day(from), to: to && day(to, 1) };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value)) as Record<string, string>;
}

interface Props {
  /** Undefined until they are fetched. */
  agents: AgentLine[] | undefined;
  filter: Filter;
  change(filter: Filter): void;
}

/** Who, what, which ticket, from when to when. */
export function AuditFilter({ agents, filter, change }: Props) {
  const kinds = useFetched(() => get<string[]>('audit/kinds'));
  const put = (name: keyof Filter) => (event: Event) =>
    change({ ...filter, [name]: (event.currentTarget as HTMLInputElement).value || undefined });
  return (
    <form class="filter" onSubmit={(event) => event.preventDefault()}>
      <Labelled label={word('filter_agent')}>
        {(id) => (
          <select id={id} value={filter.agent ?? ''} onChange={put('agent')}>
            <option value="">{word('everybody')}</option>
            {agents?.map((agent) => (
              <option key={agent.id} value={agent.id}>
                {agent.name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={word('filter_kind')}>
        {(id) => (
          <select id={id} value={filter.kind ?? ''} onChange={put('kind')}>
            <option value="">{word('every_act')}</option>
            {kinds.value.value?.map((kind) => (
              <option key={kind} value={kind}>
                {nameOfCode('kind', kind)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={word('filter_ticket')}>
        {(id) => <input id={id} type="text" value={filter.ticket ?? ''} onChange={put('ticket')} autocomplete="off" spellcheck={false} />}
      </Labelled>
      <Labelled label={word('filter_from')}>
        {(id) => <input id={id} type="date" value={filter.from ?? ''} onChange={put('from')} />}
      </Labelled>
      <Labelled label={word('filter_to')}>{(id) => <input id={id} type="date" value={filter.to ?? ''} onChange={put('to')} />}</Labelled>
      {Object.values(filter).some(Boolean) && (
        <button type="button" class="quiet" onClick={() => change({})}>
          {word('filter_clear')}
        </button>
      )}
    </form>
  );
}

function Labelled({ label, children }: { label: string; children(id: string): ComponentChildren }) {
  const id = useId();
  return (
    <div>
      <label for={id}>{label}</label>
      {children(id)}
    </div>
  );
}

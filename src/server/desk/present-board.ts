import type { Health } from '../../delivery/health.ts';
import type { Trouble } from '../../delivery/troubles.ts';
import type { AgentLoad, DepartmentLoad } from '../../handoff/board.ts';
import type { InboundSpan } from '../../handoff/inbound-rate.ts';
import type { Knowledge } from '../../kb/topic.ts';
import type { Board, BoardDepartment, BoardHealth, BoardTrouble } from './board-protocol.ts';
import { opensAt } from './opens-at.ts';

/** What was read of the desk for one look at its board. */
interface Found {
  departments: DepartmentLoad[];
  agents: AgentLoad[];
  rate: InboundSpan[];
  health: Health;
}

/** The board: every department of the knowledge, also those with nothing to do, then those that only tickets name. */
export function presentBoard({ departments, agents, rate, health }: Found, knowledge: Knowledge, now: Date): Board {
  const known = knowledge.departments.map(({ id }) => id);
  const ids = [...known, ...departments.map(({ department }) => department).filter((id) => !known.includes(id))];
  return {
    at: now.toISOString(),
    departments: ids.map((id) => ({ ...presentLoad(id, departments), opens: opensAt(knowledge, id, now) })),
    agents,
    inbound: rate.map(({ at, count }) => ({ at: isoOf(at), count })),
    health: presentHealth(health),
  };
}

/** What is out of a channel, or ends soon. */
export function presentTrouble(trouble: Trouble): BoardTrouble {
  return trouble.code === 'ends' ? trouble : { ...trouble, since: trouble.since.toISOString() };
}

const nothing = { waiting: 0, open: 0, late: 0, breaches: 0 };

function presentLoad(id: string, loads: DepartmentLoad[]): BoardDepartment {
  const { department, longest, ...load } = loads.find((each) => each.department === id) ?? { department: id, ...nothing };
  return { id: department, ...load, longest: longest && { ...longest, since: longest.since.toISOString() } };
}

function presentHealth({ checked, ...health }: Health): BoardHealth {
  return {
    ...health,
    checkedAt: checked && isoOf(checked.at),
    invariants: counted(checked?.invariants),
    stuck: counted(checked?.stuck),
    readers: health.readers.map(({ at, ...reader }) => ({ ...reader, at: at === undefined ? undefined : isoOf(at) })),
    troubles: health.troubles.map(presentTrouble),
  };
}

function counted(counts: Record<string, number> = {}): { name: string; count: number }[] {
  return Object.entries(counts).map(([name, count]) => ({ name, count }));
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** What eligibility looks at of an agent. */
export interface Candidate {
  role: 'agent' | 'supervisor';
  departments: string[];
  presence: 'online' | 'away' | 'offline';
  capacity: number;
  disabledAt: Date | null;
  /** Tickets assigned to them now. */
  open: number;
}

/** Why an agent may not take a ticket; undefined where they may. */
export type Ineligible = 'disabled' | 'department' | 'level' | 'presence' | 'capacity';

/** Whether an agent may take a ticket: permission ∧ department ∧ level ∧ presence ∧ capacity. `chosen`: they picked this very ticket, so that presence and capacity do not count. */
export function eligible(
  agent: Candidate,
  ticket: { department: string; level: 'operator' | 'supervisor' | 'investigation' },
  chosen = false,
): Ineligible | undefined {
  if (agent.disabledAt) return 'disabled';
  if (!agent.departments.includes(ticket.department) && agent.role !== 'supervisor') return 'department';
  if (ticket.level !== 'operator' && agent.role !== 'supervisor') return 'level';
  if (chosen) return undefined;
  if (agent.presence !== 'online') return 'presence';
  return agent.open >= agent.capacity ? 'capacity' : undefined;
}

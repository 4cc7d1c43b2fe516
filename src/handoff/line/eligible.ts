/** What eligibility looks at of an agent. */
export interface Candidate {
  role: 'agent' | 'supervisor';
  departments: string[];
  /** None: any language goes. */
  languages: string[];
  presence: 'online' | 'away' | 'offline';
  capacity: number;
  disabledAt: Date | null;
  /** Tickets assigned to them now. */
  open: number;
}

/** What eligibility looks at of a ticket. */
export interface Offered {
  department: string;
  level: 'operator' | 'supervisor' | 'investigation';
  /** `clock`: a missed deadline raised the level, which calls more people and sends none away. */
  levelBy?: 'clock' | null;
  /** Left out: any agent will do, for nobody of the department speaks it. */
  language?: string;
}

/** Why an agent may not take a ticket; undefined where they may. */
export type Ineligible = 'disabled' | 'department' | 'level' | 'language' | 'presence' | 'capacity';

/**
 * Whether an agent may take a ticket: not disabled ∧ department ∧ level ∧ language ∧ presence ∧ capacity. `chosen`: they picked this very ticket, so
 * that language, presence and capacity are theirs to judge. Nobody who speaks the language took what the clock has raised, so anybody may.
 */
export function eligible(agent: Candidate, ticket: Offered, chosen = false): Ineligible | undefined {
  const raised = ticket.levelBy === 'clock';
  if (agent.disabledAt) return 'disabled';
  if (!agent.departments.includes(ticket.department) && agent.role !== 'supervisor') return 'department';
  if (ticket.level !== 'operator' && !raised && agent.role !== 'supervisor') return 'level';
  if (chosen) return undefined;
  const speaks = ticket.language === undefined || agent.languages.length === 0 || agent.languages.includes(ticket.language);
  if (!speaks && !raised) return 'language';
  if (agent.presence !== 'online') return 'presence';
  return agent.open >= agent.capacity ? 'capacity' : undefined;
}

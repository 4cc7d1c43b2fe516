import type { Presence, Role } from './protocol.ts';

// Supervisors manage agents. Types only.

/** GET /api/desk/agents: somebody who works at the desk. */
export interface AgentLine {
  id: number;
  name: string;
  email: string;
  role: Role;
  departments: string[];
  languages: string[];
  /** Tickets at once. */
  capacity: number;
  presence: Presence;
  disabled: boolean;
  /** Has not used their link yet. */
  invited: boolean;
}

/** POST /api/desk/agents/:id */
export interface AgentChange {
  name: string;
  role: Role;
  departments: string[];
  languages: string[];
  capacity: number;
}

/** POST /api/desk/agents. Answers with {@link OneTimeLink}, as POST /api/desk/agents/:id/link does. */
export interface NewAgent extends Omit<AgentChange, 'capacity'> {
  email: string;
  capacity?: number;
}

/** Shown once. */
export interface OneTimeLink {
  link: string;
}

/** POST /api/desk/agents/:id/disable: how many tickets went back to the line. */
export interface Disabled {
  returned: number;
}

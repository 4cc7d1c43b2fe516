import { signal } from '@preact/signals';
import type { Presence, Role } from '../../../src/server/desk/protocol.ts';
import { get, post } from '../core/call.ts';
import { asRefused, type Refused } from '../core/refused.ts';

/** Somebody who works at the desk, as supervisors see them. */
export interface AgentLine {
  id: number;
  name: string;
  email: string;
  role: Role;
  departments: string[];
  languages: string[];
  presence: Presence;
  disabled?: boolean;
  /** Has not used their link yet. */
  invited?: boolean;
}

/** What an invitation says of somebody. */
export interface NewAgent {
  name: string;
  email: string;
  role: Role;
  departments: string[];
  languages: string[];
}

export const agents = signal<AgentLine[] | undefined>(undefined);
export const agentsProblem = signal<Refused | undefined>(undefined);

/** Fetches everybody, by name. */
export async function fetchAgents(): Promise<void> {
  try {
    const rows = await get<AgentLine[]>('agents');
    agents.value = rows.toSorted((one, other) => one.name.localeCompare(other.name));
    agentsProblem.value = undefined;
  } catch (error) {
    agentsProblem.value = asRefused(error);
  }
}

/** Invites somebody; answers with their one-time link. */
export async function invite(wish: NewAgent): Promise<string> {
  const { link } = await post<{ link: string }>('agents', wish);
  void fetchAgents();
  return link;
}

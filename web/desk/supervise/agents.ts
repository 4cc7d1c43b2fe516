import type { AgentChange, AgentLine, Disabled, NewAgent, OneTimeLink } from '../../../src/server/desk/agent-protocol.ts';
import { get, post } from '../core/call.ts';

/** Everybody, by name. */
export async function fetchAgents(): Promise<AgentLine[]> {
  return (await get<AgentLine[]>('agents')).toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Invites somebody; answers with their one-time link. */
export async function invite(wish: NewAgent): Promise<string> {
  return (await post<OneTimeLink>('agents', wish)).link;
}

/** Changes what somebody may do. */
export function changeAgent(id: number, change: AgentChange): Promise<AgentLine> {
  return post<AgentLine>(`agents/${id}`, change);
}

/** Shuts somebody out; answers with how many tickets went back to the line. */
export async function disableAgent(id: number): Promise<number> {
  return (await post<Disabled>(`agents/${id}/disable`)).returned;
}

/** Lets somebody in again. */
export function enableAgent(id: number): Promise<AgentLine> {
  return post<AgentLine>(`agents/${id}/enable`);
}

/** A new one-time link for somebody. */
export async function newLink(id: number): Promise<string> {
  return (await post<OneTimeLink>(`agents/${id}/link`)).link;
}

/** Signs all of somebody's browsers out. */
export async function signOutAgent(id: number): Promise<void> {
  await post(`agents/${id}/sign-out`);
}

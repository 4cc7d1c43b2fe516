import { type Key, say } from '../words.ts';
import type { Refused } from './refused.ts';

const known: Record<string, Key> = {
  network: 'fault_network',
  'ticket.taken': 'fault_taken',
  'ticket.gone': 'fault_gone',
  'ticket.open': 'fault_open',
  'agent.unfit': 'fault_unfit',
  'contact.blocked': 'fault_blocked',
  'contact.differ': 'fault_differ',
  'address.unreachable': 'fault_unreachable',
  'conversation.stale': 'stale_title',
  'not-found': 'fault_not_found',
  forbidden: 'fault_forbidden',
  'rate.limited': 'fault_rate',
  'sign-in.wrong': 'fault_sign_in',
  'sign-in.needed': 'fault_signed_out',
  'link.expired': 'fault_link',
  'input.invalid': 'fault_input',
  'input.too-long': 'fault_long',
  'store.unavailable': 'fault_store',
};

/** What a person reads about a refusal, in their language. */
export function explain(refused: Refused): string {
  return say(known[refused.code] ?? 'fault_internal');
}

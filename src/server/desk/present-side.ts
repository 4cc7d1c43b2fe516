import type { Compared } from '../../handoff/acts/merge.ts';
import type { MergeSide } from './act-protocol.ts';
import { presentPerson } from './present-person.ts';

/** One of two contacts who may be one person, as an agent compares them. */
export function presentSide({ person, channels, tickets }: Compared): MergeSide {
  return {
    ...presentPerson(person),
    blocked: person.blockedAt !== null,
    channels,
    since: person.createdAt.toISOString(),
    tickets: tickets.map(({ number, state, topic, reason, createdAt }) => ({
      number,
      state,
      topic: topic ?? undefined,
      reason,
      createdAt: createdAt.toISOString(),
    })),
  };
}

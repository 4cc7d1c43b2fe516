import type { Compared } from '../../handoff/merge.ts';
import type { MergeSide } from './act-protocol.ts';

/** One of two contacts who may be one person, as an agent compares them. */
export function presentSide({ person, channels, tickets }: Compared): MergeSide {
  return {
    id: person.id,
    name: person.name ?? undefined,
    tier: person.tier ?? undefined,
    language: person.language ?? undefined,
    verified: person.subject !== null,
    protected: person.protected,
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

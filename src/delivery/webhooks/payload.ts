import type { RecordedEvent } from '../../conversation/event.ts';

/** What a delivery carries: ids and codes, never a text. */
export interface Payload {
  /** The same for every try, so that a receiver can tell a repeat. */
  id: string;
  /** Kind of the event. */
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

/** An event as webhooks tell it. */
export function payloadOf({ id, kind, at, conversationId, agentId, data }: Omit<RecordedEvent, 'xid' | 'seq'>): Payload {
  return {
    id: `evt_${id}`,
    type: kind,
    timestamp: at.toISOString(),
    data: {
      ...(codesOnly(data) as Record<string, unknown>),
      ...(conversationId === null ? {} : { conversationId }),
      ...(agentId === null ? {} : { byAgentId: agentId }),
    },
  };
}

// Events hold ids and codes only; whatever else found its way into one stays here.
const code = /^[\w.:/+-]{1,80}$/;

function codesOnly(value: unknown): unknown {
  if (typeof value === 'string') return code.test(value) ? value : undefined;
  if (Array.isArray(value)) return value.map(codesOnly).filter((each) => each !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, codesOnly(each)])
      .filter(([, each]) => each !== undefined),
  );
}

/**
 * An error that a person can act on: it names the thing, its fault and the remedy.
 * `code` is stable (documented, logged, sent to clients); `status` is the HTTP status where it reaches one.
 */
export class Fault extends Error {
  readonly code: Code;
  readonly status: number;
  readonly remedy: string;

  constructor(code: Code, message: string, remedy = '') {
    super(remedy ? `${message}${remedy.startsWith('\n') ? '' : ' '}${remedy}` : message);
    this.name = 'Fault';
    this.code = code;
    this.status = codes[code];
    this.remedy = remedy;
  }
}

/** Every code we raise, with its HTTP status. */
const codes = {
  'config.invalid': 500,
  'port.in-use': 500,
  'data-dir.unwritable': 500,
  'data-dir.in-use': 500,
  'store.unavailable': 503,
  'knowledge.invalid': 500,
  'call.wrong': 400,
  'input.invalid': 400,
  'input.too-long': 413,
  'rate.limited': 429,
  'conversation.stale': 409,
  'ticket.taken': 409,
  'ticket.gone': 409,
  'ticket.open': 409,
  'agent.unfit': 409,
  'contact.blocked': 409,
  'contact.differ': 409,
  'address.unreachable': 409,
  'not-found': 404,
  'sign-in.needed': 401,
  'sign-in.wrong': 401,
  forbidden: 403,
  'link.expired': 410,
  'agent.last-supervisor': 409,
  'webhook.refused': 400,
} as const;

export type Code = keyof typeof codes;

/** True for errors that we raised on purpose, so that the caller may show their message. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Fault;
}

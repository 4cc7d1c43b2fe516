/** A call that the server refused, or that did not reach it (`code` network, `status` 0). */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }

  /** True where nobody knows whether the server did it. */
  get unsure(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** Any thrown thing as a refusal. */
export function asRefused(error: unknown): Refused {
  return error instanceof Refused ? error : new Refused('internal', 0, String(error));
}

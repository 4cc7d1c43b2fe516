/** Something outside that a channel reads from or sends by, and looks at by itself: a mailbox, a server. */
export interface Source {
  name: string;
  /** Without a look that succeeded for so long it is out, milliseconds. */
  silentMs: number;
}

/**
 * Why a source is of no use: `refused`, it does not let us in; `taken`, somebody else receives what is for us; `away`, it cannot be reached; `unreached`, it
 * cannot reach us.
 */
export type SourceFault = 'refused' | 'taken' | 'away' | 'unreached';

/** How a source is: what its channel keeps among its positions under `sourceCursor`. Times in milliseconds since 1970. */
export interface SourceState {
  /** When a look succeeded last, to the minute. */
  at?: number;
  /** Why looks fail, since the first that did. */
  fault?: { code: SourceFault; since: number };
  /** When the consent by which we are let in ends, where somebody told. */
  endsAt?: number;
}

/** The name of the position that a source's state is kept under. */
export function sourceCursor(name: string): string {
  return `source:${name}`;
}

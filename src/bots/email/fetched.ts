/** A mail as the server gave it. */
export interface Fetched {
  uid: number;
  validity: string;
  /** Bytes of all of it; `source` may be less. */
  size: number;
  arrived: Date;
  source: Buffer;
  /** Of a large mail: what stands in place of the files that were left out (bots/email/shrink), and whether a text of it ends before its end. */
  shrunk?: Shrunk;
}

/** How a large mail was made smaller. */
export interface Shrunk {
  secret: string;
  cut: boolean;
}

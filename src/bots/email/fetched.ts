/** A mail as the server gave it. */
export interface Fetched {
  uid: number;
  validity: string;
  /** Bytes of all of it; `source` may be less. */
  size: number;
  arrived: Date;
  source: Buffer;
}

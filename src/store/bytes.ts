/** Where sealed bytes lie, by id: a folder of this machine, or a bucket that several machines share. */
export interface BytesPlace {
  /** Durable when it resolves; writing an id again replaces it. */
  write(id: string, bytes: Buffer): Promise<void>;
  /** Undefined where there is nothing under that id. */
  read(id: string): Promise<Buffer | undefined>;
  /** No error where there is nothing. */
  remove(id: string): Promise<void>;
  /** Tries the place, for `destek doctor`: says where it is, or throws what is wrong and what to do. */
  check(): Promise<string>;
}

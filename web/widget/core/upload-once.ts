import type { Uploaded } from '../../../src/bots/web/protocol.ts';

/** What became of one try: it is there, the server does not take it and says why, or it broke on its way. */
export type Tried = { id: string } | { refused: string } | 'broken';

/** What is told of a try under way. */
export interface OnTheWay {
  /** 0 to 1. */
  progress(share: number): void;
  /** Nothing has moved for some seconds. `all`: every byte has left the browser. */
  still(all: boolean): void;
  /** Whether the chat has a connection. */
  online(): boolean;
  /** Ends the try; its result is nobody's business then. */
  signal: AbortSignal;
}

/** Nothing moved for so long: worth a word; and, where the chat has no connection either, no try any more. ms. */
const stillMs = 4_000;

/** Nothing moved for so long, and no answer came: that connection is dead, whatever others are. A scan of the file takes less. ms. */
const deadMs = 40_000;

/** Sends a form once, and says how far it is. */
export function uploadOnce(address: string, form: FormData, { progress, still, online, signal }: OnTheWay): Promise<Tried> {
  return new Promise((resolve) => {
    // fetch tells nothing of the progress of what is sent.
    const call = new XMLHttpRequest();
    let movedAt = Date.now();
    let all = false;
    const clock = setInterval(() => {
      const stood = Date.now() - movedAt;
      if (stood < stillMs) return;
      if (!online() || stood > deadMs) call.abort();
      else still(all);
    }, 1_000);
    call.open('POST', address);
    call.responseType = 'json';
    call.upload.onprogress = ({ loaded, total }) => {
      [movedAt, all] = [Date.now(), loaded === total];
      progress(loaded / total);
    };
    call.onloadend = () => {
      clearInterval(clock);
      // 0: it never got an answer.
      if (call.status === 200) resolve({ id: (call.response as Uploaded).id });
      else resolve(call.status === 0 || call.status >= 500 ? 'broken' : { refused: call.response?.message ?? '' });
    };
    signal.addEventListener('abort', () => call.abort());
    call.send(form);
  });
}

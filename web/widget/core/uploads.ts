import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { language, say } from '../../ui/words.ts';
import type { Chat } from './chat.ts';
import { newId } from './new-id.ts';
import { uploadOnce } from './upload-once.ts';

/** A file on its way to the server. */
export interface Upload {
  key: string;
  file: File;
  /** 0 to 1. */
  progress: number;
  /** The server's id once it is there. */
  id?: string;
  /** Why it is not, in words. */
  failed?: string;
  /** It stands still for want of a network, and goes on by itself. */
  waiting?: boolean;
  /** The file itself is not taken: another try would not help. */
  refused?: boolean;
}

/** The files beside the message that is being written. */
export interface Uploads {
  items: ReadonlySignal<Upload[]>;
  add(files: Iterable<File>): void;
  retry(key: string): void;
  /** Takes a file away, also amid its way. */
  remove(key: string): void;
  clear(): void;
  /** The person has sent the message already: it goes as soon as the files are there. */
  held: Signal<boolean>;
}

const opened = new WeakMap<Chat, Uploads>();

/** The uploads of a chat: the same wherever one looks meanwhile, so that no file is lost to a look into the help. */
export function uploadsOf(chat: Chat): Uploads {
  const uploads = opened.get(chat) ?? openUploads(chat);
  opened.set(chat, uploads);
  return uploads;
}

/** Over the chat's configuration, which says what may be attached. */
function openUploads(chat: Chat): Uploads {
  const items = signal<Upload[]>([]);
  const running = new Map<string, AbortController>();
  const wanted = (key: string) => !chat.closed && items.peek().some((one) => one.key === key);
  const change = (key: string, what: Partial<Upload>) => {
    items.value = items.peek().map((upload) => (upload.key === key ? { ...upload, ...what } : upload));
  };
  return {
    items,
    held: signal(false),
    add(files) {
      const limits = chat.config.peek()?.upload;
      if (!limits) return;
      for (const file of files) {
        const upload: Upload = { key: newId(), file, progress: 0 };
        const full = items.peek().filter(({ refused }) => !refused).length >= limits.count;
        items.value = [...items.peek(), upload];
        if (full) {
          // Said once for all that are too many.
          change(upload.key, { refused: true, failed: say('file_too_many', { count: limits.count }) });
          break;
        }
        if (file.size > limits.maxBytes)
          change(upload.key, { refused: true, failed: say('file_too_large', { size: Math.floor(limits.maxBytes / 1_000_000) }) });
        else void carry(upload);
      }
    },
    retry(key) {
      const upload = items.peek().find((one) => one.key === key);
      change(key, { failed: undefined, progress: 0 });
      if (upload) void carry(upload);
    },
    remove(key) {
      items.value = items.peek().filter((upload) => upload.key !== key);
      running.get(key)?.abort();
      running.delete(key);
    },
    clear() {
      items.value = [];
    },
  };

  /** Brings a file to the server: again, from the beginning, before a person has to press anything. */
  async function carry({ key, file }: Upload): Promise<void> {
    const online = () => chat.connection.peek() === 'online';
    const fail = (why: string, refused = false) => change(key, { failed: why, refused, waiting: false });
    for (let tries = 0; tries <= patience.length; ) {
      const who = await credentials(key);
      if (!wanted(key)) return;
      if (!who) break;
      change(key, { waiting: false, progress: 0 });
      const ending = new AbortController();
      running.set(key, ending);
      const tried = await uploadOnce(`${chat.server}/chat/upload`, formOf(who, file), {
        progress: (progress) => change(key, { progress, waiting: false }),
        // Where all has gone the server may be reading it.
        still(all) {
          change(key, { waiting: !all });
          chat.check();
        },
        online,
        signal: ending.signal,
      });
      running.delete(key);
      if (!wanted(key)) return;
      if (tried !== 'broken')
        return 'id' in tried
          ? change(key, { progress: 1, id: tried.id, waiting: false })
          : fail(sentence(tried.refused || say('file_failed')), true);
      change(key, { progress: 0 });
      await pause(patience[tries] ?? 0);
      // What is counted is an upload that breaks while the connection stands. Without one, nothing is given up.
      tries = online() ? tries + 1 : 0;
    }
    fail(say('file_failed'));
  }

  /** Who we are, as soon as there is a connection, however long that takes; undefined where the server does not want us, or nobody the file. */
  async function credentials(key: string) {
    while (wanted(key) && chat.connection.peek() !== 'refused') {
      const soon = setTimeout(() => change(key, { waiting: true }), 2_000);
      try {
        return await chat.credentials();
      } catch {
        await pause(1_000);
      } finally {
        clearTimeout(soon);
      }
    }
    return undefined;
  }
}

function formOf(who: Record<string, string>, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(who)) form.append(name, value);
  form.append('language', language.peek());
  form.append('file', file, file.name);
  return form;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const sentence = (text: string) => text.charAt(0).toLocaleUpperCase(language.peek()) + text.slice(1);

/** Waits before another try of an upload that broke, ms. */
const patience = [500, 1_500, 4_000];

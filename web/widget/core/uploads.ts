import { type ReadonlySignal, signal } from '@preact/signals';
import type { Uploaded } from '../../../src/bots/web/protocol.ts';
import { language, say } from '../../ui/words.ts';
import type { Chat } from './chat.ts';
import { newId } from './new-id.ts';

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
}

/** Opens the uploads of a chat, whose configuration says what may be attached. */
export function openUploads(chat: Chat): Uploads {
  const items = signal<Upload[]>([]);
  const running = new Map<string, XMLHttpRequest>();
  const change = (key: string, what: Partial<Upload>) => {
    items.value = items.peek().map((upload) => (upload.key === key ? { ...upload, ...what } : upload));
  };
  return {
    items,
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
          change(upload.key, {
            refused: true,
            failed: say('file_too_large', { name: file.name, size: Math.floor(limits.maxBytes / 1_000_000) }),
          });
        else void start(upload);
      }
    },
    retry(key) {
      const upload = items.peek().find((one) => one.key === key);
      change(key, { failed: undefined, progress: 0 });
      if (upload) void start(upload);
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

  async function start(upload: Upload, tries = 0): Promise<void> {
    const { key, file } = upload;
    const wanted = () => items.peek().some((one) => one.key === key);
    // A server that restarts, a network that changes: again, from the beginning, before a person has to press anything.
    const fail = async (why?: string) => {
      const wait = why === undefined ? patience[tries] : undefined;
      if (wait === undefined) return change(key, { failed: why ?? say('file_failed'), refused: why !== undefined });
      change(key, { progress: 0 });
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (wanted()) await start(upload, tries + 1);
    };
    const form = new FormData();
    try {
      for (const [name, value] of Object.entries(await chat.credentials())) form.append(name, value);
    } catch {
      return fail();
    }
    if (!wanted()) return;
    form.append('language', language.peek());
    form.append('file', file, file.name);
    // fetch tells nothing of the progress of what is sent.
    const call = new XMLHttpRequest();
    running.set(key, call);
    call.open('POST', `${chat.server}/chat/upload`);
    call.responseType = 'json';
    call.upload.onprogress = ({ loaded, total }) => change(key, { progress: loaded / total });
    call.onload = () => {
      if (call.status === 200) change(key, { progress: 1, id: (call.response as Uploaded).id });
      else void fail(call.status < 500 ? sentence(call.response?.message ?? say('file_failed')) : undefined);
    };
    call.onerror = () => void fail();
    call.onloadend = () => running.delete(key);
    call.send(form);
  }
}

const sentence = (text: string) => text.charAt(0).toLocaleUpperCase(language.peek()) + text.slice(1);

/** Waits before another try of an upload that broke, ms. */
const patience = [500, 1_500, 4_000];

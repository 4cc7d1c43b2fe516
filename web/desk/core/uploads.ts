import { signal } from '@preact/signals';
import { newId } from '../../widget/core/new-id.ts';
import { language, say } from '../words.ts';
import { me } from './me.ts';

/** A file that is on its way to the server, or was refused. */
export interface Upload {
  key: string;
  name: string;
  /** 0 to 1. */
  progress: number;
  /** Why it is not there, in words. */
  failed?: string;
}

/** The files on their way into one reply. */
export interface Uploads {
  items: { readonly value: Upload[] };
  add(files: Iterable<File>, limits: { count: number; maxBytes: number }): void;
  /** Takes a file away, also amid its way. */
  remove(key: string): void;
}

/** Sends files to the server for a ticket; `there` is told of each that has arrived. */
export function openUploads(ticketId: number, there: (file: { id: string; name: string }) => void): Uploads {
  const items = signal<Upload[]>([]);
  const running = new Map<string, XMLHttpRequest>();
  const remove = (key: string) => {
    items.value = items.peek().filter((upload) => upload.key !== key);
    running.get(key)?.abort();
    running.delete(key);
  };
  const change = (key: string, what: Partial<Upload>) => {
    items.value = items.peek().map((upload) => (upload.key === key ? { ...upload, ...what } : upload));
  };
  return {
    items,
    remove,
    add(files, { count, maxBytes }) {
      for (const [n, file] of [...files].entries()) {
        const upload: Upload = { key: newId(), name: file.name, progress: 0 };
        items.value = [...items.peek(), upload];
        if (n >= count) change(upload.key, { failed: say('file_too_many', { count }) });
        else if (file.size > maxBytes) change(upload.key, { failed: say('file_too_large', { size: Math.floor(maxBytes / 1_000_000) }) });
        else send(upload, file);
      }
    },
  };

  function send({ key, name }: Upload, file: File): void {
    const form = new FormData();
    form.append('file', file, name);
    // fetch tells nothing of the progress of what is sent.
    const call = new XMLHttpRequest();
    running.set(key, call);
    call.open('POST', `/api/desk/files?${new URLSearchParams({ ticket: String(ticketId), language: language.peek() })}`);
    call.setRequestHeader('x-csrf', me.peek()?.csrf ?? '');
    call.responseType = 'json';
    call.upload.onprogress = ({ loaded, total }) => change(key, { progress: loaded / total });
    call.onload = () => {
      const { file: id, name: kept = name, reason } = (call.response ?? {}) as { file?: string; name?: string; reason?: string };
      if (!id) return change(key, { failed: reason || say('file_refused') });
      remove(key);
      there({ id, name: kept });
    };
    call.onerror = () => change(key, { failed: say('fault_network') });
    call.send(form);
  }
}

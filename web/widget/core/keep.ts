/** What the browser keeps for one person at one server. */
export interface Keep {
  /** What it is called in the whole browser, for a lock of this person alone. */
  readonly name: string;
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  remove(name: string): void;
  /** Names with a beginning, sorted. */
  names(beginning: string): string[];
  /** Forgets everything of this person. */
  wipe(): void;
  /** What is written and not sent: reads it, or keeps it as long as the tab lives. */
  draft(now?: string): string;
  /** Hears what another tab changed; `value` null: removed. Returns how to stop. */
  watch(heard: (name: string, value: string | null) => void): () => void;
}

/** Opens what is kept for a person (`subject` of their identity; empty: the anonymous visitor). In memory where the page may not store. */
export function openKeep(server: string, subject: string): Keep {
  const prefix = `${root(server)}${encodeURIComponent(subject)}|`;
  const store = localStore();
  const names = (beginning: string) => keysOf(store, prefix + beginning).map((key) => key.slice(prefix.length));
  return {
    name: prefix,
    get: (name) => store.getItem(prefix + name) ?? undefined,
    set(name, value) {
      try {
        store.setItem(prefix + name, value);
      } catch {
        // Full: the message still goes out from memory, it only does not outlive the page.
        memory.setItem(prefix + name, value);
      }
    },
    remove(name) {
      store.removeItem(prefix + name);
    },
    names,
    draft(now) {
      try {
        if (now !== undefined) sessionStorage.setItem(`${prefix}draft`, now);
        return sessionStorage.getItem(`${prefix}draft`) ?? '';
      } catch {
        return '';
      }
    },
    wipe() {
      this.draft('');
      for (const name of names('')) store.removeItem(prefix + name);
    },
    watch(heard) {
      const listen = ({ key, newValue, storageArea }: StorageEvent) => {
        if (storageArea === store && key?.startsWith(prefix)) heard(key.slice(prefix.length), newValue);
      };
      addEventListener('storage', listen);
      return () => removeEventListener('storage', listen);
    },
  };
}

const root = (server: string) => `destek|${server}|`;

function keysOf(store: Storage, beginning: string): string[] {
  return Array.from({ length: store.length }, (_, n) => store.key(n) ?? '')
    .filter((key) => key.startsWith(beginning))
    .sort();
}

function localStore(): Storage {
  try {
    // Reading the property itself throws where storage is forbidden.
    const store = localStorage;
    store.setItem('destek|', '');
    store.removeItem('destek|');
    return store;
  } catch {
    return memory;
  }
}

const map = new Map<string, string>();
const memory: Storage = {
  get length() {
    return map.size;
  },
  key: (n) => [...map.keys()][n] ?? null,
  getItem: (key) => map.get(key) ?? null,
  setItem: (key, value) => void map.set(key, value),
  removeItem: (key) => void map.delete(key),
  clear: () => map.clear(),
};

const prefix = 'destek-desk:';

/** Reads what this browser keeps under a name; undefined where it keeps nothing, or may not. */
export function recall<T>(name: string): T | undefined {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Keeps a value in this browser; undefined forgets it. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the desk works without.
  }
}

/** Forgets everything under names that begin so: the next person at this browser must not see it. */
export function forget(beginning: string): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix + beginning)) localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

/** Forgets everybody at a server: for signing out on a shared computer. */
export function wipeKeeps(server: string): void {
  try {
    for (const store of [localStorage, sessionStorage])
      for (const key of Object.keys(store)) if (key.startsWith(`destek|${server}|`)) store.removeItem(key);
  } catch {
    // Storage is forbidden: nothing is kept.
  }
}

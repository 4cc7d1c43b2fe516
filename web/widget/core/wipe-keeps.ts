/** Forgets everybody at a server: for signing out on a shared computer. */
export function wipeKeeps(server: string): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`destek|${server}|`)) localStorage.removeItem(key);
  } catch {
    // Storage is forbidden: nothing is kept.
  }
}

// What the launcher reads of what the chat keeps, without loading the chat. Storage may be forbidden: then nothing is kept.

/** True where somebody on this browser has a conversation. */
export function hasConversation(server: string): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(`destek|${server}|`));
  } catch {
    return false;
  }
}

/** Keeps, as long as the tab lives, whether the chat is open. */
export function rememberOpen(server: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(openKey(server), '1');
    else sessionStorage.removeItem(openKey(server));
  } catch {
    // Closed on the next page, then.
  }
}

/** True where the chat was open on the page before, in this tab. */
export function wasOpen(server: string): boolean {
  try {
    return sessionStorage.getItem(openKey(server)) !== null;
  } catch {
    return false;
  }
}

const openKey = (server: string) => `destek-open|${server}`;

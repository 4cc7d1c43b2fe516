/// <reference types="vite/client" />

/** Name of the open chat's file in dist/, with its hash (web/build/chat-file.ts). */
declare module 'virtual:chat-file' {
  const file: string;
  export default file;
}

/** Words of the launcher per language: open, close, unread, failed (web/build/launcher-words.ts). */
declare module 'virtual:launcher-words' {
  const words: Record<string, string[]>;
  export default words;
}

/** Words of the desk or of supervisors' pages in one language, `virtual:desk-words/desk-tr` (web/build/desk-words.ts). */
declare module 'virtual:desk-words/*' {
  const words: Record<string, string>;
  export default words;
}

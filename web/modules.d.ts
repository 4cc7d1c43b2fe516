/// <reference types="vite/client" />

/** Name of the open chat's file in dist/, with its hash (web/built-chat.ts). */
declare module 'virtual:chat-file' {
  const file: string;
  export default file;
}

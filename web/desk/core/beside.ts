import { effect, signal } from '@preact/signals';
import type { Beside } from '../../../src/server/desk/protocol.ts';
import { connection, tellLook, tellTyping } from './live.ts';
import { me } from './me.ts';
import { openId } from './route.ts';

/** The others who have the open ticket before them. */
export const others = signal<Beside['agents']>([]);
/** True while the contact of the open ticket writes. */
export const contactWrites = signal(false);

const againMs = 10_000;
const writingMs = 4_000;
const contactMs = 6_000;
let wroteAt = 0;
let typedAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells the other desks which ticket is open here, at once and again while it is looked at. Returns what ends it. */
export function watchBeside(): () => void {
  const tell = () => {
    const looked = document.hidden ? undefined : openId();
    tellLook({ ticketId: looked, writing: looked !== undefined && Date.now() - wroteAt < writingMs });
  };
  const end = effect(() => {
    openId();
    others.value = [];
    contactWrites.value = false;
    wroteAt = 0;
    if (connection.value === 'online') tell();
  });
  const again = setInterval(tell, againMs);
  document.addEventListener('visibilitychange', tell);
  return () => {
    end();
    clearInterval(again);
    document.removeEventListener('visibilitychange', tell);
  };
}

/** What the server says of who is there. */
export function hearBeside({ ticketId, agents }: Beside): void {
  if (ticketId === openId()) others.value = agents.filter(({ id }) => id !== me.peek()?.id);
}

/** The contact writes; that counts for some seconds, or until their message is there. */
export function hearTyping(ticketId: number): void {
  if (ticketId !== openId()) return;
  contactWrites.value = true;
  clearTimeout(timer);
  timer = setTimeout(hushTyping, contactMs);
}

/** Their message is there. */
export function hushTyping(): void {
  contactWrites.value = false;
}

/** Somebody writes here: the other desks are told, and the contact where it is a reply to them; every few seconds, not every letter. */
export function tellWriting(ticketId: number, toContact: boolean): void {
  const now = Date.now();
  if (now - wroteAt > writingMs - 500) tellLook({ ticketId, writing: true });
  if (now - wroteAt > writingMs - 500) wroteAt = now;
  if (toContact && now - typedAt > 3_000) {
    tellTyping(ticketId);
    typedAt = now;
  }
}

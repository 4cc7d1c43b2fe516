import { setTimeout as pause } from 'node:timers/promises';
import { makeContact, type Networks } from './contact.ts';
import type { Part } from './script.ts';

// A new contact every so often: a rush at first, then as on a quiet evening.
const rushMs = 3_000;
const calmMs = 20_000;
const mostContacts = 300;
/** How long somebody waits for an answer before they write on. */
const patienceMs = 12_000;
const readingMs = 3_000;

/** Lets people come and write, one after the other, until the demo ends: those of the script once in a rush, then again and again, slowly. */
export async function rush(people: Part[], networks: Networks): Promise<void> {
  const { stop } = networks;
  for (let n = 0; n < mostContacts && !stop.aborted; n++) {
    const part = people[n % people.length] as Part;
    void play(part, networks).catch(() => undefined);
    await wait(n < people.length ? rushMs : calmMs, stop);
  }
}

async function play(part: Part, networks: Networks): Promise<void> {
  const { stop } = networks;
  const contact = await makeContact(part, networks);
  if (!contact) return;
  for (const line of part.lines) {
    if (stop.aborted) return;
    const before = contact.heard();
    if (!line.startsWith('> ')) await contact.write(line);
    else if (!(await contact.press(line.slice(2)))) return;
    for (let waited = 0; waited < patienceMs && contact.heard() <= before && !stop.aborted; waited += 250) await wait(250, stop);
    await wait(readingMs, stop);
  }
}

async function wait(ms: number, stop: AbortSignal): Promise<void> {
  await pause(ms * (0.6 + Math.random() * 0.8), undefined, { signal: stop }).catch(() => undefined);
}

import type { Host } from '../../conversation/channel.ts';
import { type Answer, aside, buttonsOff, quoted } from './answer.ts';
import { findChoice, usedRows } from './buttons.ts';
import { keepFiles } from './files.ts';
import { type Homes, stateOnly } from './home.ts';
import type { Fact, From } from './parse.ts';
import { createPlaces } from './places.ts';
import type { Point } from './point.ts';
import type { Positions } from './positions.ts';

/** Makes a fact durable, then lets the person know. Rejects where it must be tried again; twice has one effect. */
export type Take = (fact: Fact) => Promise<void>;

/** Takes facts into the host. */
export function createTake(parts: { host: Host; homes: Homes; positions: Positions; answer: Answer; point: Point }): Take {
  const { host, homes, positions, answer, point } = parts;
  const places = createPlaces(homes, positions);

  return async (fact) => {
    switch (fact.fact) {
      case 'message':
        return takeMessage(fact);
      case 'edited':
        return change(await places.addressesOf(fact.from), (address) => ({ event: 'edited', address, id: fact.id, text: fact.text }));
      case 'deleted':
        for (const id of fact.ids)
          await change(await places.addressesIn(fact.channel, fact.server), (address) => ({ event: 'deleted', address, id }));
        return undefined;
      case 'command':
        return takeCommand(fact);
      case 'press':
        return takePress(fact);
    }
  };

  async function takeMessage(fact: Extract<Fact, { fact: 'message' }>): Promise<void> {
    const { from, id, text, at, personal, quoted } = fact;
    const address = await places.addressFor(from, personal, id);
    const files = await keepFiles(fact.files, address, host);
    // Known before the first message is kept: a kill between the two must not leave a channel that nobody looks into again.
    await positions.begin(from.place.channel, String(BigInt(id) - 1n), from);
    await host.receive({
      event: 'message',
      address,
      contact: contactOf(from),
      message: { type: 'message', id, text, at, quoted, attachments: files.length > 0 ? files : undefined },
    });
    await positions.note(from.place.channel, id, { server: from.server, author: from.place.author });
    if (from.server && personal) await point(from.place.channel, id, await languageOf(address, from), 'in_private');
  }

  async function takeCommand(fact: Extract<Fact, { fact: 'command' }>): Promise<void> {
    const { from, id, text, at, personal } = fact;
    const address = await places.addressFor(from, personal, id);
    await host.receive({ event: 'message', address, contact: contactOf(from), message: { type: 'message', id, text, at } });
    await makeKnown(from, id);
    const hidden = from.server && personal;
    await answer(fact.answer, hidden ? aside(host.words(await languageOf(address, from), 'discord:in_private')) : quoted(text));
  }

  async function takePress(fact: Extract<Fact, { fact: 'press' }>): Promise<void> {
    const { from, id, at, data, label } = fact;
    if (!fact.mine) return answer(fact.answer, aside(host.words(from.language ?? '', 'discord:not_yours')));
    const addresses = await places.addressesOf(from);
    for (const address of addresses) {
      const choice = await findChoice(data, address, host.read);
      if (choice === undefined) continue;
      await host.receive({
        event: 'message',
        address,
        contact: contactOf(from),
        message: { type: 'message', id, text: label, choice, at },
      });
      await makeKnown(from, id);
      break;
    }
    // Also where nobody knows the button any more: then it is gone without an effect.
    return answer(fact.answer, buttonsOff(usedRows(fact.components, fact.customId)));
  }

  async function change(addresses: string[], event: (address: string) => Parameters<Host['receive']>[0]): Promise<void> {
    for (const address of addresses) if (!(await host.receive(event(address))).repeated) return;
  }

  async function makeKnown({ place, server }: From, id: string): Promise<void> {
    const known = positions.of(place.channel);
    if (!known || (place.author && !known.authors.includes(place.author)))
      await positions.note(place.channel, known?.last ?? id, { server, author: place.author });
  }

  async function languageOf(address: string, from: From): Promise<string> {
    return from.language ?? (await host.read(address, stateOnly)).state.language;
  }
}

function contactOf({ name, language }: From): { name: string; language?: string } {
  return { name, language };
}

import type { Cursors } from '../../conversation/channel.ts';
import { readAddress } from './address.ts';
import type { Position } from './positions.ts';

/** Takes a person's ids out of what is kept beside the record: where their talks went on, up to where they were read, and that they spoke in a server. Returns how many entries changed. */
export async function forget(addresses: string[], cursors: Cursors): Promise<number> {
  const theirs = new Set(addresses);
  const moved = [...(await cursors.list<{ value?: string } | false>('moved:'))].filter(
    ([from, to]) => theirs.has(from) || (to && theirs.has(to.value ?? '')),
  );
  const places = [...addresses, ...moved.map(([from]) => from)].map(readAddress);
  const authors = new Set(places.flatMap(({ author }) => author ?? []));
  const directs = new Set(places.flatMap(({ channel, author }) => (author === undefined ? channel : [])));
  const names = [...moved.map(([from]) => `moved:${from}`), ...[...directs].flatMap((channel) => [`home:${channel}`, `last:${channel}`])];
  let changed = 0;
  for (const name of names) changed += await cursors.remove(name);
  for (const [channel, position] of await cursors.list<Position | false>('last:')) {
    if (!position) continue;
    if (!position.authors.some((author) => authors.has(author))) continue;
    await cursors.set(`last:${channel}`, { ...position, authors: position.authors.filter((author) => !authors.has(author)) });
    changed++;
  }
  return changed;
}

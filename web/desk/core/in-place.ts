import type { ListedLine } from '../../../src/server/desk/list-protocol.ts';

/** A list with some of its tickets anew: those of `asked` that did not come back have left it, the others go where their places say. */
export function inPlace(have: ListedLine[], got: ListedLine[], asked: number[]): ListedLine[] {
  const gone = new Set(asked);
  return [...have.filter(({ id }) => !gone.has(id)), ...got].sort(compare);
}

/** A page of a list put to what we have of it. `later`: a further page; else it is the first one anew, and what stood within its reach and is not in it has left. */
export function mergePage(have: ListedLine[], got: ListedLine[], later: boolean): ListedLine[] {
  const fresh = new Set(got.map(({ id }) => id));
  const last = got.at(-1);
  const stays = have.filter((line) => !fresh.has(line.id) && (later || (last !== undefined && compare(line, last) > 0)));
  return [...stays, ...got].sort(compare);
}

function compare(one: ListedLine, other: ListedLine): number {
  for (const [n, place] of one.place.entries()) {
    const by = place - (other.place[n] ?? 0);
    if (by !== 0) return by;
  }
  return 0;
}

/** A run of digits in the plain text. */
export interface Group {
  start: number;
  end: number;
  digits: string;
  /** What stands between it and the group before, if that is separators only, so that both may be one number. */
  joint?: string;
}

/** Digit groups that stand together with nothing but separators between them. */
export interface Window {
  start: number;
  end: number;
  digits: string;
  /** Length of each group. */
  sizes: number[];
  /** What stands between them, spaces at the ends taken off; one entry per gap. */
  gaps: string[];
  /** The groups' places in the list. */
  first: number;
  last: number;
}

/** All digit runs of a plain text. */
export function digitGroups(text: string): Group[] {
  const groups: Group[] = [];
  for (const match of text.matchAll(/[0-9]+/g)) {
    const group: Group = { start: match.index, end: match.index + match[0].length, digits: match[0] };
    const before = groups.at(-1);
    if (before && group.start - before.end <= longestGap) {
      const between = text.slice(before.end, group.start);
      if (separators.test(between)) group.joint = between.trim();
    }
    groups.push(group);
  }
  return groups;
}

/**
 * The windows that start at group `first` and have `least` to `most` digits, shortest first.
 * A window has at most `most` groups, so going over all starts stays linear.
 */
export function windowsFrom(groups: Group[], first: number, least: number, most: number): Window[] {
  const windows: Window[] = [];
  let digits = '';
  for (let last = first; last < groups.length; last++) {
    const group = groups[last] as Group;
    if (digits.length + group.digits.length > most) break;
    if (last > first && group.joint === undefined) break;
    digits += group.digits;
    if (digits.length >= least) windows.push(windowOf(groups.slice(first, last + 1), digits, first));
  }
  return windows;
}

function windowOf(groups: Group[], digits: string, first: number): Window {
  const start = (groups[0] as Group).start;
  const end = (groups.at(-1) as Group).end;
  const sizes = groups.map((group) => group.digits.length);
  const gaps = groups.slice(1).map((group) => group.joint ?? '');
  return { start, end, digits, sizes, gaps, first, last: first + groups.length - 1 };
}

/** True for groups as people write one number: all of one size but the last, or in one piece. */
export function isRegular(sizes: number[]): boolean {
  const size = sizes[0] ?? 0;
  return sizes.every((each, i) => each === size || (i === sizes.length - 1 && each <= size));
}

/** The longest gap that may stand inside one number (a line break with a quoting mark has four). */
const longestGap = 5;
const separators = /^[ \n\t\-.,_/\\|:;*>¤]*$/;

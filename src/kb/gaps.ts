import { fold } from './fold.ts';
import type { Search } from './match.ts';

/** A message that was not answered well: it met a fallback, a handover for want of an answer, or a bad rating. */
export interface Missed {
  text: string;
  language: string;
  /** What an agent answered in the end, where that solved it: masked. */
  reply?: string;
}

/** Messages that say nearly the same, and what an editor may do about them. */
export interface Gap {
  language: string;
  messages: string[];
  /** What agents answered to them, each once: what an answer may be drafted from. */
  replies: string[];
  /** The topic that may take them as further questions; null: a new topic may be due. */
  nearest: string | null;
  /** Mean probability of that topic, 0..1. */
  score: number;
  /** Words that most of the messages share, the most frequent first. */
  words: string[];
}

/**
 * Groups missed messages by language and likeness, the largest group first. Two messages are alike when their word beginnings share
 * enough (cosine ≥ 0.45); each joins the most alike group (leader clustering, one pass over the messages in order of length).
 */
export function findGaps(missed: Missed[], search: Search): Gap[] {
  return inOrder(groupMissed(missed).map((group) => describeGap(group, search)));
}

/** The largest group first, among equals the one that is nearest to a topic. */
export function inOrder(gaps: Gap[]): Gap[] {
  return gaps.sort((a, b) => b.messages.length - a.messages.length || b.score - a.score);
}

/** Missed messages in groups; what the groups are about is {@link describeGap}'s. */
export function groupMissed(missed: Missed[]): Group[] {
  const groups: Group[] = [];
  for (const message of [...missed].sort((a, b) => a.text.length - b.text.length)) {
    const stems = stemsOf(message.text);
    if (stems.size === 0) continue;
    let best: Group | undefined;
    let bestLikeness = ALIKE;
    for (const group of groups) {
      if (group.language !== message.language) continue;
      const likeness = cosine(stems, group.stems);
      if (likeness >= bestLikeness) [best, bestLikeness] = [group, likeness];
    }
    if (!best) {
      best = { language: message.language, messages: [], replies: [], stems: new Map() };
      groups.push(best);
    }
    best.messages.push(message.text);
    if (message.reply && !best.replies.includes(message.reply)) best.replies.push(message.reply);
    for (const stem of stems) best.stems.set(stem, (best.stems.get(stem) ?? 0) + 1);
  }
  return groups;
}

/** Messages of one group, before it is known what they are near. */
export interface Group {
  language: string;
  messages: string[];
  replies: string[];
  /** Word beginnings and in how many messages they occur. */
  stems: Map<string, number>;
}

const ALIKE = 0.45;
const NEAR = 0.25;

function stemsOf(text: string): Set<string> {
  return new Set(
    fold(text)
      .split(' ')
      .filter((word) => word.length > 2)
      .map((word) => word.slice(0, 5)),
  );
}

function cosine(stems: Set<string>, group: Map<string, number>): number {
  let shared = 0;
  let length = 0;
  for (const count of group.values()) length += count * count;
  for (const stem of stems) shared += group.get(stem) ?? 0;
  return shared / Math.sqrt(stems.size * length || 1);
}

/** What a group is about; `most`: how many of its messages are asked about, all by default. */
export function describeGap({ language, messages, replies, stems }: Group, search: Search, most = messages.length): Gap {
  const scores = new Map<string, number>();
  const asked = messages.slice(0, most);
  for (const text of asked)
    for (const { id, score } of search.match(text, { language }).topics) scores.set(id, (scores.get(id) ?? 0) + score / asked.length);
  const [id, score] = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['', 0];
  const words = [...stems]
    .filter(([, count]) => count * 2 > messages.length)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([stem]) => stem);
  return { language, messages, replies, nearest: score >= NEAR ? id : null, score, words };
}

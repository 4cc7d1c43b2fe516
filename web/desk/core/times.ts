import { language, say } from '../words.ts';

// Not every browser knows the months of Azerbaijani, so all three languages bring their own.
const months = () => say('months').split(' ');

/** A time of day: 14:05. */
export function clockTime(at: string | number): string {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

/** A day: today, yesterday, 21 November, 21 November 2025. */
export function dayName(at: string | number): string {
  const date = new Date(at);
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return say('today');
  if (date.toDateString() === yesterday.toDateString()) return say('yesterday');
  const day = `${date.getDate()} ${months()[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** Day and time, the day left out where it is today. */
export function moment(at: string | number): string {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return today ? clockTime(at) : `${dayName(at)}, ${clockTime(at)}`;
}

/** How long ago or ahead, in one unit: 42 s, 12 min, 3 h, 5 d. */
export function span(ms: number): string {
  const seconds = Math.abs(ms) / 1_000;
  if (seconds < 60) return say('seconds', { n: Math.floor(seconds) });
  if (seconds < 3_600) return say('minutes', { n: Math.floor(seconds / 60) });
  if (seconds < 86_400) return say('hours', { n: Math.floor(seconds / 3_600) });
  return say('days', { n: Math.floor(seconds / 86_400) });
}

/** A countdown: 0:42, 12:05, then whole hours and days. Below zero with a minus. */
export function countdown(ms: number): string {
  const seconds = ms < 0 ? Math.floor(-ms / 1_000) : Math.ceil(ms / 1_000);
  const sign = ms < 0 ? '−' : '';
  if (seconds >= 3_600) return sign + span(seconds * 1_000);
  return `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Numbers as the language of the screen writes them: 87 %, %87, 87 %. */
export function percent(share: number): string {
  const n = Math.round(share * 100);
  return language.value === 'en' ? `${n}%` : language.value === 'tr' ? `%${n}` : `${n} %`;
}

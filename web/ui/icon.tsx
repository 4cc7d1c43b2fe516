import { Outline } from './outline.tsx';
import { shapes } from './shapes.ts';

/** Outlines on a 24 × 24 grid. */
const paths = {
  ...shapes,
  down: 'M6 9.5l6 6 6-6',
  next: 'M9.5 5.5 16 12l-6.5 6.5',
  more: 'M5.5 12m-.8 0a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0M12 12m-.8 0a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0M18.5 12m-.8 0a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0',
  attach: 'M19 11.5 12 18.4a4.4 4.4 0 0 1-6.2-6.2l7.3-7.2a2.9 2.9 0 0 1 4.1 4.1L10 16.2a1.4 1.4 0 0 1-2-2l6.5-6.4',
  sound: 'M4.5 9.5v5H8l4.5 4V5.5L8 9.5H4.5ZM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
  silent: 'M4.5 9.5v5H8l4.5 4V5.5L8 9.5H4.5ZM16.5 9.5l4.5 5M21 9.5l-4.5 5',
  download: 'M12 4.5v10M7.5 10.5 12 15l4.5-4.5M5 19.5h14',
  end: 'M15 4.5H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.5h8M11 12h9M16.5 8.5 20 12l-3.5 3.5',
  announce: 'M4.5 10v4h2.5l7 4V6L7 10H4.5ZM17 9.5a3.5 3.5 0 0 1 0 5',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words; screen readers pass over it. */
export function Icon({ name }: { name: IconName }) {
  return <Outline path={paths[name]} />;
}

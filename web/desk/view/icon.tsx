import { Outline } from '../../ui/outline.tsx';
import { shapes } from '../../ui/shapes.ts';

/** Outlines on a 24 × 24 grid. */
const paths = {
  ...shapes,
  copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
  down: 'M7 10l5 5 5-5',
  end: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM8.5 12.2l2.5 2.5 4.7-5.2',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 14.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5Z',
  give: 'M8.5 5.5 4 10l4.5 4.5M4.5 10H14a5.5 5.5 0 0 1 0 11h-3',
  hash: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16',
  info: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 11v5M12 8.01v-.01',
  file: 'M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4',
  mail: 'M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5',
  mask: 'M6.5 10.5h11v9h-11zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5',
  more: 'M5 12a.6.6 0 1 0 1.2 0A.6.6 0 1 0 5 12ZM11.4 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0ZM17.8 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0Z',
  note: 'M5 4.5h14v10.5l-4.5 4.5H5zM14.5 19.5V15H19',
  phone: 'M6 4h3.5l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5V18a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2Z',
  plane: 'M20.5 4 3.5 10.8l6 2.2 2.2 6.5L20.5 4ZM9.5 13l11-9',
  clip: 'M19.5 11.5 12 19a4.6 4.6 0 0 1-6.5-6.5l7.8-7.8a3.1 3.1 0 0 1 4.4 4.4L10 16.8a1.6 1.6 0 0 1-2.2-2.2l7-7',
  filter: 'M4 6h16M7 12h10M10 18h4',
  moon: 'M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7Z',
  pen: 'M4.5 19.5l1-4L16 5l3 3L8.5 18.5l-4 1Z',
  slash: 'M4.5 4.5h15v15h-15zM14 8l-4 8',
  smile: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM8.5 14c1.7 2.3 5.3 2.3 7 0M9 9.8v.01M15 9.8v.01',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words; screen readers pass over it. */
export function Icon({ name }: { name: IconName }) {
  return <Outline path={paths[name]} />;
}

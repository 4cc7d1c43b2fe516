/** Outlines on a 24 × 24 grid, drawn in the colour of the text. */
const paths = {
  agent: 'M4.5 19.5c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5M12 11a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5Z',
  alert: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 8v4.5M12 15.75v.01',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  bolt: 'M13 3.5 5.5 13.5H11l-.5 7 7.5-10H12.5l.5-7Z',
  chat: 'M12 4.5c-4.7 0-8.3 3-8.3 6.9 0 2.2 1.2 4.2 3 5.4l-.6 3.2 3.4-1.9c.8.2 1.6.3 2.5.3 4.7 0 8.3-3.1 8.3-7s-3.6-6.9-8.3-6.9Z',
  check: 'M5.5 12.5l4.5 4.5 8.5-9.5',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 7.5V12l3 2',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
  down: 'M7 10l5 5 5-5',
  end: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM8.5 12.2l2.5 2.5 4.7-5.2',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 14.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5Z',
  give: 'M8.5 5.5 4 10l4.5 4.5M4.5 10H14a5.5 5.5 0 0 1 0 11h-3',
  hash: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16',
  info: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 11v5M12 8.01v-.01',
  mail: 'M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5',
  mask: 'M6.5 10.5h11v9h-11zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5',
  next: 'M5 12h13M12.5 5.5 19 12l-6.5 6.5',
  plane: 'M20.5 4 3.5 10.8l6 2.2 2.2 6.5L20.5 4ZM9.5 13l11-9',
  shield: 'M12 3.5l7 2.5v5.5c0 4.3-2.9 7.6-7 9-4.1-1.4-7-4.7-7-9V6l7-2.5ZM9 12l2.2 2.2L15.2 10',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words; screen readers pass over it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}

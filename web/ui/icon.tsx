/** Outlines on a 24 × 24 grid, drawn in the colour of the text. */
const paths = {
  send: 'M5 12h13M12.5 5.5 19 12l-6.5 6.5',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'M6 9.5l6 6 6-6',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  next: 'M9.5 5.5 16 12l-6.5 6.5',
  more: 'M5.5 12m-.8 0a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0M12 12m-.8 0a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0M18.5 12m-.8 0a.8.8 0 1 0 1.6 0a.8.8 0 1 0-1.6 0',
  person: 'M4.5 19.5c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5M12 11a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5Z',
  search: 'M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM20 20l-4.3-4.3',
  attach: 'M19 11.5 12 18.4a4.4 4.4 0 0 1-6.2-6.2l7.3-7.2a2.9 2.9 0 0 1 4.1 4.1L10 16.2a1.4 1.4 0 0 1-2-2l6.5-6.4',
  sound: 'M4.5 9.5v5H8l4.5 4V5.5L8 9.5H4.5ZM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
  silent: 'M4.5 9.5v5H8l4.5 4V5.5L8 9.5H4.5ZM16.5 9.5l4.5 5M21 9.5l-4.5 5',
  download: 'M12 4.5v10M7.5 10.5 12 15l4.5-4.5M5 19.5h14',
  end: 'M15 4.5H7A1.5 1.5 0 0 0 5.5 6v12A1.5 1.5 0 0 0 7 19.5h8M11 12h9M16.5 8.5 20 12l-3.5 3.5',
  chat: 'M12 4.5c-4.7 0-8.3 3-8.3 6.9 0 2.2 1.2 4.2 3 5.4l-.6 3.2 3.4-1.9c.8.2 1.6.3 2.5.3 4.7 0 8.3-3.1 8.3-7s-3.6-6.9-8.3-6.9Z',
  kept: 'M5.5 12.5l4.5 4.5 8.5-9.5',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 7.5V12l3 2',
  fault: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 8v4.5M12 15.75v.01',
  bolt: 'M13 3.5 5.5 13.5H11l-.5 7 7.5-10H12.5l.5-7Z',
  shield: 'M12 3.5l7 2.5v5.5c0 4.3-2.9 7.6-7 9-4.1-1.4-7-4.7-7-9V6l7-2.5ZM9 12l2.2 2.2L15.2 10',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words; screen readers pass over it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width="24"
      height="24"
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

/** How a host page sets the widget up; every one has a default. */
export interface Settings {
  /** Address of the Destek server, without a slash at its end. */
  server: string;
  /** Language code; without it the page's own (`<html lang>`), then the browser's. */
  language: string;
  /** Accent colour, `#rrggbb`. */
  color: string;
  theme: 'auto' | 'light' | 'dark';
  position: 'right' | 'left';
  /** Distance to the edges of the window, px. */
  offset: number;
  /** Title instead of the brand's. */
  title?: string;
  /** First line of an empty chat. */
  greeting?: string;
  /** Address of a square picture. */
  logo?: string;
  /** Text beside the launcher's icon; without it only the icon. */
  label?: string;
  /** Key that opens the support view, as `Alt+D`; empty: none. */
  helpKey: string;
  /** Key that opens the chat, as `Alt+C`; empty: none. */
  chatKey: string;
  /** A sound for a reply while the page is hidden or the chat is closed. */
  sound: boolean;
}

export const defaultSettings: Settings = {
  server: '',
  language: '',
  color: '#0b6e5d',
  theme: 'auto',
  position: 'right',
  offset: 20,
  helpKey: 'Alt+D',
  chatKey: 'Alt+C',
  sound: true,
};

import type { Settings } from '../core/settings.ts';
import { cssColor, readableOn, readColor } from '../style/color.ts';
import css from './button.css?inline';
import { type LauncherWords, launcherWords } from './words.ts';

/** The button in the corner, and the element that the chat is put into. */
export interface LauncherButton {
  shadow: ShadowRoot;
  element: HTMLButtonElement;
  show(state: { open: boolean; busy: boolean; failed: boolean; unread: number }): void;
}

const outlines = {
  chat: 'M12 4.5c-4.7 0-8.3 3-8.3 6.9 0 2.2 1.2 4.2 3 5.4l-.6 3.2 3.4-1.9c.8.2 1.6.3 2.5.3 4.7 0 8.3-3.1 8.3-7s-3.6-6.9-8.3-6.9Z',
  down: 'M6 9.5l6 6 6-6',
};

/** Puts the button on the page, in a shadow root so that neither side's style reaches the other. */
export function placeButton(settings: Settings, language: string, onPress: () => void): LauncherButton {
  const words: LauncherWords = launcherWords(language);
  const host = document.createElement('destek-chat');
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  const element = document.createElement('button');
  element.type = 'button';
  element.style.setProperty('--offset', `${settings.offset}px`);
  const accent = readColor(settings.color) ?? [11, 110, 93];
  element.style.setProperty('--accent', cssColor(accent));
  element.style.setProperty('--on-accent', cssColor(readableOn(accent)));
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of Object.entries({
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.8',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  }))
    picture.setAttribute(name, value);
  picture.append(path);
  const badge = document.createElement('b');
  badge.setAttribute('aria-hidden', 'true');
  element.append(picture, badge);
  if (settings.label) element.append(settings.label);
  element.addEventListener('click', onPress);
  shadow.append(element);
  // `all: initial` of the sheet is weaker than a page's own rule for the element: nothing outside may hide or move it.
  for (const [name, value] of Object.entries({ all: 'initial', display: 'block', position: 'static' }))
    host.style.setProperty(name, value, 'important');
  document.body.append(host);
  const button: LauncherButton = {
    shadow,
    element,
    show({ open, busy, failed, unread }) {
      element.className = `launch ${settings.position}${open ? ' open' : ''}${busy ? ' busy' : ''}${settings.label ? ' labelled' : ''}`;
      element.setAttribute('aria-expanded', String(open));
      const text = failed ? words.failed : open ? words.close : unread > 0 ? words.unread.replace('{{count}}', String(unread)) : words.open;
      // A visible text must be part of the name.
      element.setAttribute('aria-label', settings.label ? `${settings.label}: ${text}` : text);
      element.title = failed ? text : '';
      path.setAttribute('d', open ? outlines.down : outlines.chat);
      badge.hidden = unread === 0 || open;
      badge.textContent = unread > 99 ? '99+' : String(unread);
    },
  };
  button.show({ open: false, busy: false, failed: false, unread: 0 });
  return button;
}

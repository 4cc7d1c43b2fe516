import type { Settings } from '../core/settings.ts';
import { cssColor, readableAs, readableOn, readColor } from './color.ts';
import composer from './composer.css?inline';
import header from './header.css?inline';
import help from './help.css?inline';
import log from './log.css?inline';
import panel from './panel.css?inline';
import tokens from './tokens.css?inline';

/** Gives the chat its look: constructed style sheets (which a strict content security policy allows) and the colours of the settings. */
export function dress(shadow: ShadowRoot, root: HTMLElement, settings: Settings): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([tokens, panel, header, log, composer, help].join('\n'));
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  const accent = readColor(settings.color) ?? [11, 110, 93];
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    const isDark = settings.theme === 'dark' || (settings.theme === 'auto' && dark.matches);
    const ground = isDark ? readColor('#242a33') : readColor('#ffffff');
    root.classList.toggle('dark', isDark);
    root.style.setProperty('--accent', cssColor(accent));
    root.style.setProperty('--on-accent', cssColor(readableOn(accent)));
    root.style.setProperty('--accent-text', cssColor(readableAs(accent, ground ?? [255, 255, 255])));
  };
  dark.addEventListener('change', paint);
  paint();
  root.classList.add(settings.position);
  root.style.setProperty('--offset', `${settings.offset}px`);
}

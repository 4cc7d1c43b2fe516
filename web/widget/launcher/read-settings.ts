import { defaultSettings, type Settings } from '../core/settings.ts';

/** Reads `data-…` of the script element. Wrong values are named in the console and the default is used. */
export function readSettings(script: HTMLScriptElement): Settings {
  const given = script.dataset;
  const server = (given.server ?? new URL('.', script.src).href).replace(/\/$/, '');
  const flags = { on: true, true: true, off: false, false: false };
  return {
    ...defaultSettings,
    server,
    language: given.language ?? '',
    color: valid('color', given.color, /^#([0-9a-f]{3}){1,2}$/i) ?? defaultSettings.color,
    theme: (valid('theme', given.theme, /^(auto|light|dark)$/) as Settings['theme']) ?? 'auto',
    position: (valid('position', given.position, /^(left|right)$/) as Settings['position']) ?? 'right',
    offset: Number(valid('offset', given.offset, /^\d{1,3}$/) ?? defaultSettings.offset),
    title: given.title,
    greeting: given.greeting,
    logo: given.logo,
    label: given.label,
    helpKey: given.helpKey ?? defaultSettings.helpKey,
    chatKey: given.chatKey ?? defaultSettings.chatKey,
    sound: flags[(given.sound ?? 'on') as 'on'] ?? true,
  };
}

function valid(name: string, value: string | undefined, pattern: RegExp): string | undefined {
  if (value === undefined || pattern.test(value)) return value;
  console.warn(`Destek: data-${name}="${value}" is not valid; the default is used.`);
  return undefined;
}

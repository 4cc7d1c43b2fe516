import { escapeHtml } from '../../conversation/html.ts';

/** A piece of a page that is HTML already. */
export interface Html {
  html: string;
}

/** HTML with values put in: text is escaped, pieces and lists of pieces stay as they are, undefined and false are nothing. */
export function h(parts: TemplateStringsArray, ...values: (string | number | Html | Html[] | undefined | false)[]): Html {
  return { html: parts.map((part, at) => part + (at < values.length ? show(values[at]) : '')).join('') };
}

function show(value: string | number | Html | Html[] | undefined | false): string {
  if (value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(({ html }) => html).join('');
  return typeof value === 'object' ? value.html : escapeHtml(String(value));
}

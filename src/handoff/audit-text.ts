import type { Act } from './audit.ts';

const columns = ['id', 'at', 'kind', 'agentId', 'agent', 'ticket', 'data'] as const;

/** The first line of an export as comma separated values. */
export const csvHead = `${columns.join(',')}\r\n`;

/** An act as one line of comma separated values (RFC 4180). A spreadsheet never reads a cell as a formula. */
export function csvLine(act: Act): string {
  const cells = columns.map((name) => {
    const value = act[name];
    return csvCell(value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value ?? ''));
  });
  return `${cells.join(',')}\r\n`;
}

/** An act as one line of JSON. */
export function jsonLine({ cursor: _, ...act }: Act): string {
  return `${JSON.stringify(act)}\n`;
}

/** A cell, quoted; what a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection"). */
export function csvCell(text: string): string {
  const tame = /^[\s]*[=+\-@|%\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${tame.replaceAll('"', '""')}"`;
}

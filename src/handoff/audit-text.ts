import type { AuditLine } from './audit.ts';

const columns = ['id', 'at', 'kind', 'agentId', 'agent', 'ticket', 'data'] as const;

/** The first line of an export as comma separated values. */
export const csvHead = `${columns.join(',')}\r\n`;

/** A line of the audit as comma separated values (RFC 4180). A spreadsheet never reads a cell as a formula. */
export function csvLine(line: AuditLine): string {
  const cells = columns.map((name) => {
    const value = line[name];
    return csvCell(value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value ?? ''));
  });
  return `${cells.join(',')}\r\n`;
}

/** A line of the audit as JSON. */
export function jsonLine({ cursor: _, ...line }: AuditLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** A cell, quoted; what a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection"). */
export function csvCell(text: string): string {
  const tame = /^[\s]*[=+\-@|%\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${tame.replaceAll('"', '""')}"`;
}

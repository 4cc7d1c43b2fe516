import type { Knowledge } from '../../kb/topic.ts';
import { fill } from '../../kb/variables.ts';

/** What a reply kept ready is filled with, beside desk.yaml's variables. */
export interface FillIns {
  /** Undefined: nobody knows it. */
  contactName?: string;
  agentName: string;
  ticketNumber: string;
}

/** A text with `{{contactName}}`, `{{agentName}}`, `{{ticketNumber}}` and the knowledge's variables filled in. An unknown name leaves no gap: "Hello {{contactName}}," is "Hello,". */
export function fillIn(text: string, values: FillIns, knowledge: Knowledge, language: string): string {
  const own = text.replace(/([^\S\n]?)\{\{\s*(contactName|agentName|ticketNumber)\s*\}\}/g, (_, before: string, name: keyof FillIns) => {
    const value = values[name];
    return value === undefined ? '' : before + value;
  });
  return fill(own, knowledge, language);
}

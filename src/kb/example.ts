/** A question with the class that it belongs to. */
export interface Example {
  text: string;
  language: string;
  topic: number;
}

/** Speech that no topic covers: in each language, and samples of languages that the knowledge does not speak. */
export interface Background {
  outOfScope: Record<string, string[]>;
  /** What people write to any desk besides questions (thanks, insults, cries for help), by language: tells languages apart, teaches no topic. */
  speech?: Record<string, string[]>;
  foreign: string[];
}

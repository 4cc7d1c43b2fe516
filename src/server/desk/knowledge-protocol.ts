// What supervisors see of the knowledge; it is changed in its files. Types only.

/** GET /api/desk/knowledge?language= */
export interface KnowledgeView {
  version: string;
  languages: string[];
  topics: KnowledgeTopic[];
  /** What `destek kb check` finds in the folder as it is now, but for what needs the search. */
  faults: KnowledgeFaultLine[];
  /** True where the folder has an error, so that an older state is in force. */
  outdated: boolean;
}

export interface KnowledgeTopic {
  id: string;
  title: string;
  department: string;
  policy: 'answer' | 'handoff';
  /** False: switched off, or outside of its dates. */
  live: boolean;
  /** By language: questions, and whether there is an answer. A language that the topic lacks is not there. */
  coverage: Record<string, { questions: number; answer: boolean }>;
  errors: number;
  warnings: number;
}

export interface KnowledgeFaultLine {
  file: string;
  line: number;
  severity: 'error' | 'warning';
  rule: string;
  fault: string;
  remedy: string;
}

/** POST /api/desk/knowledge/ask {text}: what the bot would answer as the first message of a conversation, and why. */
export interface Explained {
  /** The text as it is read: masked. */
  read: string;
  language: string;
  /** False where the text itself does not tell. */
  languageSure: boolean;
  foreign: boolean;
  outcome: 'answer' | 'suggest' | 'handoff' | 'fallback' | 'reply';
  topic?: { id: string; title: string };
  department?: string;
  /** Why it is handed over. */
  reason?: string;
  confidence: number;
  /** Probability that no topic covers it. */
  none: number;
  candidates: { id: string; title: string; score: number }[];
  signals: string[];
  /** Share of the words that the knowledge knows. */
  coverage: number;
  repaired: { typed: string; read: string }[];
  /** What the bot would say, as Markdown, and the labels of its buttons. */
  text: string;
  choices: string[];
}

/** GET /api/desk/knowledge/gaps?days=&language= */
export interface Gaps {
  /** Messages that were not answered well. */
  messages: number;
  groups: GapGroup[];
}

export interface GapGroup {
  language: string;
  count: number;
  /** Some of them, masked. */
  messages: string[];
  /** What agents answered to them in tickets that they resolved, masked. */
  replies: string[];
  /** The topic that may take them; absent: a new one may be due. */
  nearest?: { id: string; title: string; department: string };
  score: number;
  words: string[];
}

/** What a topic says and which messages it is for, in one language. */
export interface TopicText {
  title: string;
  questions: string[];
  /** Markdown subset, variables still as `{{name}}`. */
  answer: string;
}

/** A unit of knowledge, as loaded from `knowledge/<id>.yaml`. */
export interface Topic {
  /** The file's path under knowledge/ without its ending, `payments/withdraw-time`. */
  id: string;
  department: string;
  /** `answer`: the bot answers; `handoff`: the bot says what to prepare and a person takes over. */
  policy: 'answer' | 'handoff';
  /** One text per language; a language may be missing (kb check warns). */
  texts: Record<string, TopicText>;
  related: string[];
  enabled: boolean;
  urgency: 'normal' | 'high' | 'top';
  /** Who wins beside a signal: `safety` beats @human, `before-human` beats @human but not safety. */
  precedence?: 'safety' | 'before-human';
  action?: 'ticket-status' | 'upload-documents';
  /** True: a contact who reaches this topic gets no offers until a supervisor lifts it. */
  protects: boolean;
  validFrom?: string;
  validUntil?: string;
  /** Another answer for one channel: channel name → language → text. */
  channels: Record<string, Record<string, string>>;
  media: { file: string; alt: Record<string, string> }[];
  reviewBy?: string;
}

/** All that a knowledge folder says, validated. */
export interface Knowledge {
  /** Hash of all files read, names the version in caches and logs. */
  version: string;
  topics: Map<string, Topic>;
  languages: string[];
  lexicon: Lexicon;
  departments: Department[];
  desk: Desk;
}

/** knowledge/lexicon.yaml: a concept and the words that stand for it, per language (the search counts them as one feature). */
export type Lexicon = { concept: string; words: Record<string, string[]> }[];

/** One entry of knowledge/departments.yaml. */
export interface Department {
  id: string;
  name: Record<string, string>;
}

/** knowledge/desk.yaml: what an editor or supervisor decides. */
export interface Desk {
  brand: string;
  defaultLanguage: string;
  /** Values of `{{name}}` in answers: the same for all languages, or one per language. */
  variables: Record<string, string | Record<string, string>>;
  links: { privacy?: string; [name: string]: string | undefined };
  /** Milliseconds of silence after a chat message before the bot takes its turn. Default 800. */
  quietMs: number;
}

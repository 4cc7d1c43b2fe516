import type { Duration } from './duration.ts';

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
  /** False also when the topic's product is one that the desk does not offer. */
  enabled: boolean;
  /** Name of a product in desk.yaml's `products`; a topic without one is for all. */
  product?: string;
  urgency: 'normal' | 'high' | 'top';
  /** Who wins beside a signal: `safety` beats @human, `before-human` beats @human but not safety. */
  precedence?: 'safety' | 'before-human';
  action?: 'ticket-status' | 'upload-documents';
  /** True: a contact who reaches this topic gets no offers until a supervisor lifts it. */
  protects: boolean;
  /** True: the answer advertises something; protected contacts do not get it. */
  offer: boolean;
  /** First day on which the topic holds, `2026-03-01`. */
  validFrom?: string;
  /** Last day on which the topic holds. */
  validUntil?: string;
  /** Another answer for one channel: channel name → language → text. */
  channels: Record<string, Record<string, string>>;
  /** Pictures of the answer, files under knowledge/media/. */
  media: { file: string; alt: Record<string, string> }[];
  /** Day by which an editor should read the topic again. */
  reviewBy?: string;
}

/** All that a knowledge folder says, validated. */
export interface Knowledge {
  /** Hash of all files read, names the version in caches and logs. */
  version: string;
  topics: Map<string, Topic>;
  /** desk.yaml's languages, or where it names none all that the topics have; the default language first. */
  languages: string[];
  lexicon: Lexicon;
  /** knowledge/out-of-scope.yaml: messages per language that no topic covers though they sound near. */
  outOfScope?: Record<string, string[]>;
  /** Empty where there is no departments.yaml: then any department goes. */
  departments: Department[];
  desk: Desk;
}

/** knowledge/lexicon.yaml: a concept and the words that stand for it, per language (the search counts them as one feature). */
export type Lexicon = { concept: string; words: Record<string, string[]> }[];

/** A text that is the same in all languages, or one per language. */
export type Localised = string | Record<string, string>;

/** Working hours in local time, `mon: ["09:00-18:00"]`; an interval whose end is not after its start runs across midnight. */
export interface Hours {
  /** Name of the time zone, `Europe/Istanbul`. */
  zone: string;
  week: Partial<Record<'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun', string[]>>;
  /** Days on which nobody works, `2026-10-29`. */
  holidays?: string[];
}

/** One duration for normal urgency (high and top have a share of it), or one per urgency. */
export type Target = Duration | { normal: Duration; high?: Duration; top?: Duration };

/** How long things may take, in the department's hours. */
export interface Targets {
  firstAnswer?: Target;
  nextAnswer?: Target;
  resolution?: Target;
}

/** Where people who work here are told something outside of the desk. */
export interface StaffPlace {
  /** Name of a channel that is on. */
  channel: string;
  /** Whom or what place there, as that channel names it: a chat's number, a channel's id, an e-mail address. */
  to: string;
}

/** One entry of knowledge/departments.yaml. */
export interface Department {
  id: string;
  name: Record<string, string>;
  /** When somebody works; without hours the department is always open. */
  hours?: Hours;
  /** Languages that it answers in; without them those of the desk. */
  languages?: string[];
  /** By kind of channel, `chat` and `mail`, or by a channel's name, which goes before its kind. */
  targets?: Record<string, Targets>;
  /** What share of the time members with a tier wait for answers; one number, or one per tier. Default 0.5. */
  tierShare?: number | Record<string, number>;
  /** Who is called when a deadline passes, and how long each has, from the bottom up. Default: a supervisor, 15 minutes. */
  escalation?: { level: 'supervisor' | 'investigation'; within: Duration }[];
  /** Gives waiting tickets to agents who may take them, instead of waiting for somebody to take the next. Default false. */
  autoAssign?: boolean;
  /** Who is told that a ticket waits or a deadline passed. */
  notify?: StaffPlace[];
}

/** knowledge/desk.yaml: what an editor or supervisor decides. */
export interface Desk {
  /** Default `Destek`. */
  brand: string;
  /** Default: the first of the languages. */
  defaultLanguage: string;
  /** Values of `{{name}}` in answers. */
  variables: Record<string, Localised>;
  /** Addresses of pages; each is also a variable, `privacy` as `{{privacyUrl}}`. */
  links: { privacy?: string; [name: string]: string | undefined };
  /** Ids of topics that the help shows first until the record knows better. Default none. */
  oftenAsked: string[];
  /** What the chat on the web asks first, none of it required, and what starting it agrees to. Default nothing. */
  beforeChat: { ask: (keyof { name: string; player: string; email: string })[]; consent?: Localised };
  /** Milliseconds of silence after a chat message before the bot takes its turn. Default 800. */
  quietMs: number;
  /** What the operator's licence covers; topics of a product that is `false` are not enabled. */
  products: Record<string, boolean>;
  /** Files that are kept. Default: PDF, JPG, PNG, HEIC, WebP, plain text, DOCX; 20 MB; 10 of one message. */
  attachments: { accept: string[]; maxMb: number; count: number };
  /** After how many days identity documents go (default 90), and whole mails as they arrived (default 365). */
  retention: { identityDays: number; originalDays: number };
  /** Emergency number for danger to life. Default `112`. */
  crisisLine: Localised;
  /** Where there is help with gambling; undefined where the operator names none. */
  helpLine?: Localised;
  /** Who is alerted at once, day and night, when a ticket of top urgency waits, and who if nobody takes it within `after`. */
  onCall?: { first: StaffPlace[]; second: StaffPlace[]; after: Duration };
  /** When somebody who waits is told again how things stand, counted from the handover, and how often on long cases. */
  waiting: { again: Duration[]; progress: Duration };
  /** Public places where announcements go, by channel and its own notation. */
  announce: AnnouncePlace[];
}

/** One public place of desk.yaml's `announce`. */
export interface AnnouncePlace {
  /** Name of a channel. */
  channel: string;
  /** The channel's own notation: `@brand`, a chat or channel id. */
  place: string;
  name?: Localised;
  /** Read there, in this order. Default: the desk's default language. */
  languages?: string[];
}

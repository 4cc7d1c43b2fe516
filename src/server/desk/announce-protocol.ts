// What supervisors' page of announcements and service notices says to the server. Types only.

/** One text per language. */
export type Texts = Record<string, string>;

/** A public place that desk.yaml names, or one that somebody wrote into the announcement. */
export interface PlaceWish {
  channel: string;
  place: string;
  /** What is said there, in this order. Default: the desk's default language. */
  languages?: string[];
}

/** POST /api/desk/announcements, and /api/desk/announcements/preview. Times are ISO 8601. */
export interface AnnouncementWish {
  /** The desk's own id of it: sent twice, it is made once. */
  id?: string;
  texts: Texts;
  places: PlaceWish[];
  /** Ids of contacts who are told at their own address. */
  contacts: number[];
  /** Shown above the chat in the browser. */
  banner: boolean;
  bannerUntil?: string;
  /** Left out: now. */
  startsAt?: string;
}

/** A contact whom an announcement can reach, and on which channel; the newest ticket tells namesakes apart. */
export interface FoundContact {
  id: number;
  name?: string;
  channel: string;
  number?: string;
  lastAt?: string;
  /** Nothing goes to them until a supervisor lifts that. */
  protected: boolean;
}

/** How it will stand in each place. */
export interface AnnouncementPreview {
  places: { channel: string; place: string; languages: string[]; messages: string[] }[];
}

export type PlaceState = 'pending' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'withheld';

export interface AnnouncementLine {
  id: number;
  texts: Texts;
  state: 'scheduled' | 'stopped' | 'done';
  startsAt: string;
  banner: boolean;
  bannerUntil?: string;
  /** Who made it; left out where it came from the command line. */
  agent?: string;
  createdAt: string;
  places: { channel: string; place: string; contactId?: number; contact?: string; state: PlaceState; failure?: string; sentAt?: string }[];
}

/** GET /api/desk/announcements: newest first, and where they may go. */
export interface AnnouncementList {
  announcements: AnnouncementLine[];
  /** Places of desk.yaml whose channel is on. */
  known: { channel: string; place: string; name: string; languages: string[] }[];
  /** Channels that take announcements. */
  channels: { name: string; label: string }[];
  languages: string[];
}

export interface NoticeLine {
  id: number;
  texts: Texts;
  topics: { id: string; title: string }[];
  startsAt: string;
  endsAt?: string;
  /** Holds now. */
  active: boolean;
  agent?: string;
}

/** GET /api/desk/notices?language=: newest first, and the topics that there are. */
export interface NoticeList {
  notices: NoticeLine[];
  topics: { id: string; title: string }[];
  languages: string[];
}

// Other calls: GET /api/desk/announcements/contacts?search= → { contacts: FoundContact[] } · POST /api/desk/announcements/:id/stop · POST /api/desk/announcements/:id/resume · POST /api/desk/notices/:id/end

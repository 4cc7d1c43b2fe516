// Outgoing webhooks, for supervisors. Types only. Times are ISO 8601.

/** GET /api/desk/webhooks */
export interface WebhookLine {
  id: number;
  url: string;
  /** Kinds of events that are told; never empty. */
  kinds: string[];
  /** Deliveries of the next event that failed. */
  failures: number;
  failingSince?: string;
  nextTryAt?: string;
  /** What the last try ended with: an HTTP status, or a code (timeout, refused, …). */
  lastResult?: string;
  deliveredAt?: string;
  /** Off, and why: by a person, after a day of failures, or because the receiver answered 410. */
  disabled?: { at: string; why: 'person' | 'failing' | 'gone' };
}

/** POST /api/desk/webhooks → {@link NewWebhook}; POST /api/desk/webhooks/:id */
export interface WebhookWish {
  url: string;
  kinds: string[];
}

/** The secret is told once. POST /api/desk/webhooks/:id/secret makes another and answers with it. */
export interface NewWebhook {
  id: number;
  secret: string;
}

// POST /api/desk/webhooks/:id/on · /off · /remove

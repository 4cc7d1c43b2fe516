import { milliseconds } from '../../kb/duration.ts';
import type { Department, Target, Targets } from '../../kb/topic.ts';

/** What a ticket's targets depend on. */
export interface Claimant {
  urgency: 'normal' | 'high' | 'top';
  tier: string | null;
  /** True where people expect an answer at once (chat), false where within hours (mail). */
  live: boolean;
  /** The channel's name, for departments that have targets of its own. */
  channel?: string;
}

/** How long things may take, milliseconds of the department's hours. */
export interface Allowed {
  firstAnswer: number;
  nextAnswer: number;
  resolution: number;
}

// From the trade: a chat is answered within a minute, a mail within an hour.
const usual: Record<'chat' | 'mail', Required<Targets>> = {
  chat: { firstAnswer: '60s', nextAnswer: '3m', resolution: '12h' },
  mail: { firstAnswer: '1h', nextAnswer: '4h', resolution: '12h' },
};
// What a target that is given once means for other urgencies.
const shares: Record<keyof Allowed, Record<Claimant['urgency'], number>> = {
  firstAnswer: { normal: 1, high: 1 / 2, top: 0 },
  nextAnswer: { normal: 1, high: 1 / 2, top: 1 / 4 },
  resolution: { normal: 1, high: 1 / 3, top: 1 / 12 },
};

/**
 * A department's targets for a claimant: those of the channel by name, else of its kind (`chat`, `mail`), else ours.
 * A target given once is that of normal urgency; high and top have a share of it. A member with a tier is answered in half the time.
 */
export function targetsFor(claimant: Claimant, department?: Department): Allowed {
  const kind = claimant.live ? 'chat' : 'mail';
  const layers = [claimant.channel ? department?.targets?.[claimant.channel] : undefined, department?.targets?.[kind], usual[kind]];
  const allowed = (what: keyof Allowed) => {
    const target = layers.find((layer) => layer?.[what] !== undefined)?.[what] as Target;
    return forUrgency(target, what, claimant.urgency) * (what === 'resolution' ? 1 : shareOfTier(claimant.tier, department));
  };
  return { firstAnswer: allowed('firstAnswer'), nextAnswer: allowed('nextAnswer'), resolution: allowed('resolution') };
}

function forUrgency(target: Target, what: keyof Allowed, urgency: Claimant['urgency']): number {
  if (typeof target === 'string') return milliseconds(target) * shares[what][urgency];
  const given = target[urgency];
  return given === undefined ? milliseconds(target.normal) * shares[what][urgency] : milliseconds(given);
}

function shareOfTier(tier: string | null, department: Department | undefined): number {
  if (!tier) return 1;
  const share = department?.tierShare ?? 0.5;
  return typeof share === 'number' ? share : (share[tier] ?? 1);
}

/** The lists of the desk. */
export const listNames = ['waiting', 'mine', 'all', 'snoozed', 'resolved'] as const;
export type ListName = (typeof listNames)[number];

import { z } from 'zod';

// The codes that the desk's API speaks in more than one place; protocol.ts has them as types.

/** What somebody at the desk may do. */
export const role = z.enum(['agent', 'supervisor']);

/** Whether they are there. */
export const presence = z.enum(['online', 'away', 'offline']);

/** What has become of a ticket. */
export const ticketState = z.enum(['waiting', 'assigned', 'resolved']);

/** How urgent it is. */
export const urgency = z.enum(['normal', 'high', 'top']);

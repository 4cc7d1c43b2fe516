/** Without a sign of life from the gateway for so long Discord is out, milliseconds; a heartbeat comes every 41 s. */
export const silentMs = 300_000;

/** The bot as people read of it: its server and, as far as the token tells, its id there. `root`: another server than Discord's. */
export function nameOfBot(token: string, root = 'https://discord.com'): string {
  const id = Buffer.from(token.split('.')[0] ?? '', 'base64').toString('latin1');
  return [new URL(root).host, ...(/^\d{15,}$/.test(id) ? [id] : [])].join('/');
}

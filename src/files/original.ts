/** The type of what is kept as it arrived: unmasked, for supervisors. No file that people send is kept under it (src/files/kinds). */
export const originalType = 'message/rfc822';

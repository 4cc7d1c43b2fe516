/** Somebody in a mail's header. `address` is lower case. */
export interface Person {
  name: string;
  address: string;
}

/** An e-mail address that may be written into a header and an envelope, lower case; undefined for anything else. */
export function cleanAddress(text: string | undefined): string | undefined {
  const address = text?.trim().normalize('NFC').toLowerCase() ?? '';
  return address.length <= 254 && /^[^\s\p{C}<>()[\]\\,;:"@]{1,64}@[^\s\p{C}<>()[\]\\,;:"@]{1,253}$/u.test(address) ? address : undefined;
}

/** True for the address of a program that reads no answers. */
export function isMachineAddress(address: string): boolean {
  return /^(no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|noreply.*|mailer-?daemon|postmaster|bounces?|nobody|auto-?(reply|responder|mail(er)?))([+.-].*)?@/.test(
    address,
  );
}

import type { Contact } from '../../conversation/contact.ts';

/** What the desk shows of who a contact is. */
export function presentPerson({ id, name, tier, language, subject, protected: held }: Contact) {
  return {
    id,
    name: name ?? undefined,
    tier: tier ?? undefined,
    language: language ?? undefined,
    /** A host page has signed who they are. */
    verified: subject !== null,
    protected: held,
  };
}

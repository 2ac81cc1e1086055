import type { Person } from '../world/people-store.ts';

/** A person as the control endpoint shows them. */
export function describePerson(person: Readonly<Person>) {
  const { id, firstName, lastName, username, languageCode, isPremium } = person;
  const { hasStarted, hasBlockedBot } = person;
  return { id, firstName, lastName, username, languageCode, isPremium, hasStarted, hasBlockedBot };
}

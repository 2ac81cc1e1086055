// @ts-check
/** @import { Person } from '../types.ts' */

export const MOST_PHONES = 4;

/**
 * The ids of the phones to show: those of the last visit that still exist, else the first few.
 * @param {readonly number[]} remembered
 * @param {readonly Person[]} people
 * @returns {number[]}
 */
export function phonesToShow(remembered, people) {
  const there = remembered.filter((id) => people.some((person) => person.id === id));
  const shown = there.length > 0 ? there : people.map(({ id }) => id);
  return shown.slice(0, MOST_PHONES);
}

/**
 * The first of these names that nobody has.
 * @param {readonly string[]} names
 * @param {readonly Person[]} people
 */
export function freeName(names, people) {
  const taken = new Set(people.map((person) => person.first_name));
  return names.find((name) => !taken.has(name)) ?? `${names[0] ?? ''} ${people.length + 1}`;
}

// @ts-check
/** @import { Call } from '../types.ts' */

/**
 * The calls that were fetched, and those that were heard while they were on their way.
 * @param {readonly Call[]} fetched
 * @param {readonly Call[]} before what was known when the fetch began
 * @param {readonly Call[]} now what is known when it has ended
 */
export function withHeard(fetched, before, now) {
  const known = new Set([...fetched, ...before].map(({ call_id: id }) => id));
  return [...fetched, ...now.filter(({ call_id: id }) => !known.has(id))];
}

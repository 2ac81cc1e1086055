import { z } from 'zod';

/** The order of object members does not matter. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

const member = z.record(z.string(), z.unknown());

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) => {
    const parsed = Array.isArray(held) ? null : member.safeParse(held);
    return parsed?.success === true
      ? Object.fromEntries(Object.entries(parsed.data).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : held;
  });
}

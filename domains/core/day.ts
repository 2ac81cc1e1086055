export const DAY_MS = 86_400_000;

/** The number of a UTC day, counted from 1970. */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / DAY_MS);
}

/** When a UTC day begins. */
export function dayStartMs(day: number): number {
  return day * DAY_MS;
}

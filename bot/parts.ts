import type { z } from 'zod';

/** What a process may do of the whole; several processes share the work. */
export const parts = ['updates', 'waves', 'timers'] as const;
export type Part = (typeof parts)[number];

/** `waves, timers` → the set of both. */
export function parseParts(notation: string, context: z.RefinementCtx): ReadonlySet<Part> {
  const words = notation.split(',').map((word) => word.trim());
  const known = parts.filter((part) => words.includes(part));
  const isClear = words.every((word) => known.some((part) => part === word));
  if (!isClear) context.addIssue(`takes some of ${parts.join(',')} with commas between them`);
  return new Set(known);
}

/** Who does a part of the work alone shares everything with those who do the rest. */
const shared = ['BOT_TOKEN', 'REDIS_URL', 'DATABASE_URL'] as const;

export function partsNeed(
  settings: { ARENA_PARTS: ReadonlySet<Part> } & Record<(typeof shared)[number], string | null>,
  context: z.RefinementCtx,
): void {
  if (settings.ARENA_PARTS.size === parts.length) return;
  const missing = shared.find((name) => settings[name] === null);
  if (missing === undefined) return;
  const message = 'is needed when ARENA_PARTS leaves parts to other processes';
  context.addIssue({ code: 'custom', path: [missing], message });
}

import type { Horizon, Sight, Waiting } from '../domains/arena/arena-store.ts';
import type { Mode } from '../domains/core/mode.ts';

/**
 * A card, as `scripts/shared/cards.lua` writes it: start, character, user, GearScore, last opponent. Read by hand
 * and as strictly as by a schema: of everything that a join costs, schemas cost most.
 */
const card = /^(\d{13,16}),(\d{1,15}),(-?\d{1,15})?,(-?\d{1,15}(?:\.\d+)?),(\d{1,15})?$/;

/** Null for what is no card. */
export function readCard(text: string, mode: Mode): Waiting | null {
  const parts = card.exec(text);
  if (parts === null) return null;
  const startTimeMs = Number(parts[1]);
  if (!Number.isSafeInteger(startTimeMs)) return null;
  return {
    charId: Number(parts[2]),
    userId: parts[3] === undefined ? null : Number(parts[3]),
    mode,
    gs: Number(parts[4]),
    startTimeMs,
    lastOpponentId: parts[5] === undefined ? null : Number(parts[5]),
  };
}

/** The same text that `scripts/shared/cards.lua` writes. */
export function cardOf({ startTimeMs, charId, userId, gs, lastOpponentId }: Waiting): string {
  const start = String(startTimeMs).padStart(13, '0');
  return `${start},${charId},${userId ?? ''},${gs},${lastOpponentId ?? ''}`;
}

/** Cards of who waits around one GearScore, in the order of the line. */
export interface CardsAround {
  readonly aroundGs: number;
  /** How many were asked for each way. */
  readonly limit: number;
  readonly mode: Mode;
  readonly up: readonly string[];
  /** From near to far. */
  readonly down: readonly string[];
}

/** Null if one of them is no card: somebody may be missing. */
export function sightOf({ aroundGs, limit, mode, up, down }: CardsAround): Sight | null {
  const above = readAll(up, mode);
  const below = readAll(down, mode);
  if (above === null || below === null) return null;
  const [highest, lowest] = [above.at(-1), below.at(-1)];
  const ends: Horizon[] = [];
  if (highest !== undefined && above.length >= limit) {
    ends.push({ distance: highest.gs - aroundGs, startTimeMs: highest.startTimeMs });
  }
  if (lowest !== undefined && below.length >= limit) {
    // Downwards the last ones come in no order that says how long those after them have waited,
    // unless all of them are of one GearScore and their waits in order.
    const { startTimeMs } = isInOrder(below) ? lowest : { startTimeMs: 0 };
    ends.push({ distance: aroundGs - lowest.gs, startTimeMs });
  }
  ends.sort((a, b) => a.distance - b.distance || a.startTimeMs - b.startTimeMs);
  return { others: [...above, ...below], horizon: ends[0] ?? null };
}

function isInOrder(cards: readonly Waiting[]): boolean {
  return cards.every((one, index) => {
    const next = cards[index + 1];
    return next === undefined || (next.gs === one.gs && next.startTimeMs >= one.startTimeMs);
  });
}

function readAll(texts: readonly string[], mode: Mode): Waiting[] | null {
  const read: Waiting[] = [];
  for (const text of texts) {
    const one = readCard(text, mode);
    if (one === null) return null;
    read.push(one);
  }
  return read;
}

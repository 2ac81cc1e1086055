import type { UiPayload } from '../../domains/core/ui-payload.ts';
import type { Language } from '../../resources/texts/index.ts';

/**
 * How a screen reaches its chat. `quiet` edits the present message; `below` sends it anew at the
 * end of the chat, silently; `fresh` does so with a sound.
 */
export type Manner = 'quiet' | 'below' | 'fresh';

/**
 * Whose screen waits for whose. `reply`: the player tapped or wrote; `turn`: the battle went on
 * without his tap; `ambient`: animation, the first to yield and never missed.
 */
export type Urgency = 'reply' | 'turn' | 'ambient';

/** A screen on its way into a chat. */
export interface Item {
  readonly payload: UiPayload;
  readonly manner: Manner;
  readonly urgency: Urgency;
  /** For a reader whose choice of language cannot be read just now. */
  readonly language: Language | null;
  /** The reader's language where it has just been read with the tap. */
  readonly reader?: Language | null;
  readonly bornMs: number;
  /** When things were as it shows them, by the arena's clock. */
  readonly asOfMs: number;
  /** The present screen written once more, because a broken-off frame may have come over it. */
  readonly isRecheck?: true;
  /** It was sent without an answer before: the chat may show it already. */
  readonly isCopy?: true;
}

/** How something stood, and when. */
export interface Known {
  readonly state: UiPayload['state'] | null;
  readonly asOfMs: number | null;
}

/** Who read an older state so much later than a newer one was shown read how things stand now. */
const REWRITTEN_MS = 20_000;

/**
 * True if a newer state of the same thing is known: then the screen is history. Unless history itself
 * was rewritten, as by a Redis that lost its last writes: then the older state was read long after.
 */
export function isOutdated({ payload, asOfMs }: Item, known: Known): boolean {
  const { state } = payload;
  if (state == null || known.state == null) return false;
  const isOlder = state.of === known.state.of && state.version < known.state.version;
  return isOlder && asOfMs - (known.asOfMs ?? asOfMs) < REWRITTEN_MS;
}

const loudness: Readonly<Record<Manner, number>> = { quiet: 0, below: 1, fresh: 2 };
const weight: Readonly<Record<Urgency, number>> = { ambient: 0, turn: 1, reply: 2 };

/** What follows a send without an answer: if that arrived, it has made its sound. */
export function copyOf(item: Item): Item {
  return { ...item, manner: item.manner === 'fresh' ? 'below' : item.manner, isCopy: true };
}

/**
 * The newer screen, in the louder manner and with the greater urgency of both: a match found must
 * not lose its sound, nor a tap its place, because something came after.
 */
export function newer(waiting: Item | null, item: Item): Item {
  if (waiting === null) return item;
  const manner = loudness[waiting.manner] > loudness[item.manner] ? waiting.manner : item.manner;
  const urgency = weight[waiting.urgency] > weight[item.urgency] ? waiting.urgency : item.urgency;
  return { ...item, manner, urgency };
}

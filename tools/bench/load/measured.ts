import { performance } from 'node:perf_hooks';

/** Telegram accepts no answer after this time. */
const LIFE_MS = 15_000;
let lastQueryId = 0;
/** When each tap was made that is not answered yet, and who counts it. */
const open = new Map<string, { readonly atMs: number; readonly by: Measured }>();

/** What comes of the taps that are made between two moments. */
export class Measured {
  /** From tap to screen and from tap to answer, in ms. */
  readonly screens: number[] = [];
  readonly answers: number[] = [];
  taps = 0;

  /** A new tap; answers its query's id. */
  tapped(): string {
    this.taps += 1;
    const id = `${(lastQueryId += 1)}`;
    open.set(id, { atMs: performance.now(), by: this });
    return id;
  }

  /** Taps without an answer in time. */
  get unanswered(): number {
    return this.taps - this.answers.length;
  }
}

export function answered(queryId: string): void {
  const tap = open.get(queryId);
  open.delete(queryId);
  const tookMs = performance.now() - (tap?.atMs ?? 0);
  if (tookMs < LIFE_MS) tap?.by.answers.push(tookMs);
}

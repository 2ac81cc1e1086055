/** Resolves after `ms`, or as soon as the signal is aborted. Never rejects. Handed in, as a clock is. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

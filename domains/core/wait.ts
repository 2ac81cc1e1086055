/** Resolves after `ms` or when the signal is aborted; never rejects. Injected like `Clock`. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** One recorded call of the Bot API. */
export interface CallRecord {
  readonly callId: number;
  readonly atMs: number;
  /** As the Bot API spells it; an unknown name as the client wrote it. */
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** HTTP status; 0 when the connection was broken instead of an answer. */
  readonly status: number;
  /** The answer's body; null when there was none. */
  readonly answer: unknown;
  readonly tookMs: number;
  /** The part of it that the limits of the chat caused. */
  readonly heldMs: number;
  /** The kind of the fault that hit it, `traffic` when the limits of the chat refused it, or null. */
  readonly fault: string | null;
}

const MAX_CALLS = 1000;

/** The newest calls. */
export class CallLog {
  readonly #onRecord: (call: CallRecord) => void;
  #calls: CallRecord[] = [];
  #lastId = 0;

  constructor(onRecord: (call: CallRecord) => void = () => undefined) {
    this.#onRecord = onRecord;
  }

  record(call: Omit<CallRecord, 'callId'>): void {
    this.#lastId += 1;
    const recorded = { ...call, callId: this.#lastId };
    this.#calls.push(recorded);
    if (this.#calls.length > 2 * MAX_CALLS) this.#calls = this.#calls.slice(-MAX_CALLS);
    this.#onRecord(recorded);
  }

  /** Oldest first; of one method, or of all. */
  list(method: string | null = null): CallRecord[] {
    const wanted = method?.toLowerCase() ?? null;
    return this.#calls.filter((call) => wanted === null || call.method.toLowerCase() === wanted);
  }

  clear(): void {
    this.#calls = [];
  }
}

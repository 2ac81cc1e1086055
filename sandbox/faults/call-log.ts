/** One call of the Bot API as it was served. */
export interface CallRecord {
  readonly callId: number;
  readonly atMs: number;
  /** As the API spells it, whatever case it was called in; as it was called when there is none such. */
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** HTTP status; 0 when the connection was broken instead of an answer. */
  readonly status: number;
  /** The answer's body; null when there was none. */
  readonly answer: unknown;
  readonly tookMs: number;
  /** How much of that it was held back for, because its chat gets much. */
  readonly heldMs: number;
  /** The kind of the fault that hit it, `traffic` when its chat gets too much, or null. */
  readonly fault: string | null;
}

const KEPT = 1000;

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
    if (this.#calls.length > 2 * KEPT) this.#calls = this.#calls.slice(-KEPT);
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

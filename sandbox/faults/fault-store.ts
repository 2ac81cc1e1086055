import type { Fault } from './fault.ts';

export type PendingFault = Fault & {
  readonly faultId: number;
  /** How many more calls it hits; null: until it is removed. */
  readonly timesLeft: number | null;
};

/** Faults of every method (`*`) do not apply to these. */
const ABOUT_UPDATES: ReadonlySet<string> = new Set([
  'getUpdates',
  'setWebhook',
  'deleteWebhook',
  'getWebhookInfo',
]);

/** Pending faults. Of several that match a call, the oldest that hits is used. */
export class FaultStore {
  readonly #draw: () => number;
  #pending: PendingFault[] = [];
  #lastId = 0;

  /** `draw` returns numbers in [0, 1); a fault with a share hits when one is below it. */
  constructor(draw: () => number) {
    this.#draw = draw;
  }

  /** Throws RangeError for a share outside (0, 1]. */
  add(fault: Fault): PendingFault {
    const { share = 1 } = fault;
    if (!(share > 0 && share <= 1)) throw new RangeError(`${share} is no share of the calls`);
    this.#lastId += 1;
    const timesLeft = fault.times === undefined ? 1 : fault.times;
    const pending = { ...fault, faultId: this.#lastId, timesLeft };
    if (timesLeft === null || timesLeft > 0) this.#pending.push(pending);
    return pending;
  }

  list(): readonly PendingFault[] {
    return this.#pending;
  }

  /** Returns false when the fault is not pending. */
  remove(faultId: number): boolean {
    const before = this.#pending.length;
    this.#pending = this.#pending.filter((fault) => fault.faultId !== faultId);
    return this.#pending.length < before;
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that hits this call, with its count reduced, or null. */
  take(method: string, chatId: number | null): Fault | null {
    const fault = this.#pending.find(
      (pending) => fits(pending, method, chatId) && this.#hits(pending),
    );
    if (fault === undefined) return null;
    this.#useUp(fault);
    return fault;
  }

  #hits({ share }: PendingFault): boolean {
    return share === undefined || this.#draw() < share;
  }

  #useUp(fault: PendingFault): void {
    if (fault.timesLeft === null) return;
    const used = { ...fault, timesLeft: fault.timesLeft - 1 };
    this.#pending = this.#pending
      .map((pending) => (pending === fault ? used : pending))
      .filter(({ timesLeft }) => timesLeft === null || timesLeft > 0);
  }
}

function fits(fault: PendingFault, method: string, chatId: number | null): boolean {
  const fitsMethod =
    fault.method === '*'
      ? !ABOUT_UPDATES.has(method)
      : fault.method.toLowerCase() === method.toLowerCase();
  return fitsMethod && (fault.chatId === undefined || fault.chatId === chatId);
}

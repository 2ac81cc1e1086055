import type { Fault } from './fault.ts';

export type PendingFault = Fault & {
  readonly faultId: number;
  /** How many calls it will still hit. */
  readonly timesLeft: number;
};

/** Faults that wait for their calls. Of several that fit, the one asked for first is used. */
export class FaultStore {
  #pending: PendingFault[] = [];
  #lastId = 0;

  add(fault: Fault): PendingFault {
    this.#lastId += 1;
    const pending = { ...fault, faultId: this.#lastId, timesLeft: fault.times ?? 1 };
    if (pending.timesLeft > 0) this.#pending.push(pending);
    return pending;
  }

  list(): readonly PendingFault[] {
    return this.#pending;
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that hits this call, used up by one, or null. */
  take(method: string, chatId: number | null): Fault | null {
    const fault = this.#pending.find((pending) => fits(pending, method, chatId));
    if (fault === undefined) return null;
    const used = { ...fault, timesLeft: fault.timesLeft - 1 };
    this.#pending = this.#pending
      .map((pending) => (pending === fault ? used : pending))
      .filter((pending) => pending.timesLeft > 0);
    return fault;
  }
}

function fits(fault: PendingFault, method: string, chatId: number | null): boolean {
  const fitsMethod =
    fault.method === '*'
      ? method !== 'getUpdates'
      : fault.method.toLowerCase() === method.toLowerCase();
  return fitsMethod && (fault.chatId === undefined || fault.chatId === chatId);
}

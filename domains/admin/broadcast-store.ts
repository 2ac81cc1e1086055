export const broadcastStates = ['sending', 'cancelled', 'done'] as const;
export type BroadcastState = (typeof broadcastStates)[number];

/** `pending`: not sent yet. `sent` also where Telegram gave no answer. */
export const deliveryStates = ['pending', 'sent', 'blocked', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Who gets a broadcast; null: everybody. */
export interface Segment {
  readonly language: string | null;
  /** They have been seen within so many days. */
  readonly activeDays: number | null;
}

export interface NewBroadcast {
  readonly admin: number;
  readonly message: string;
  readonly segment: Segment;
}

export interface BroadcastReport {
  readonly id: number;
  readonly state: BroadcastState;
  readonly counts: Readonly<Record<DeliveryState, number>>;
}

/** Recipients that one process may send to until its lease ends. */
export interface Batch {
  readonly broadcastId: number;
  readonly message: string;
  readonly userIds: readonly number[];
}

export interface BroadcastStore {
  /** How many users are in the segment. */
  count(segment: Segment): Promise<number>;
  /** Answers the broadcast's number. */
  start(broadcast: NewBroadcast): Promise<number>;
  /** False: it is not being sent. */
  cancel(admin: number, broadcastId: number): Promise<boolean>;
  /** The latest broadcast; null: there is none. */
  latest(): Promise<BroadcastReport | null>;
  /** The next recipients; null: another process has taken some within `everyMs`, or nothing is to be sent. */
  lease(limit: number, everyMs: number): Promise<Batch | null>;
  /** To be called before the send. False: the user must not get it, or not from this process. */
  mark(broadcastId: number, userId: number): Promise<boolean>;
  /** What became of a marked send that did not arrive; `retryAtMs`: it is sent again then. */
  setOutcome(
    broadcastId: number,
    userId: number,
    outcome: 'blocked' | 'failed' | { readonly retryAtMs: number },
  ): Promise<void>;
}

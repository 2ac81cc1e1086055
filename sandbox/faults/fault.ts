/** What a fault does to a call. */
export type FaultEffect =
  /** A 429 instead of the effect. */
  | { readonly kind: 'flood'; readonly retryAfterS: number }
  /** An error answer, instead of the effect or after it. */
  | {
      readonly kind: 'error';
      readonly errorCode: number;
      readonly description?: string;
      readonly when?: 'instead' | 'after';
    }
  /** The connection breaks without an answer, before the effect or after it. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** The call, or only its answer, is delayed. */
  | { readonly kind: 'slow'; readonly delayMs: number; readonly when?: 'before' | 'after' };

export interface FaultScope {
  /** A method's name in any case; `*` is every method but getUpdates and those of webhooks. */
  readonly method: string;
  /** How many calls it hits, 1 by default; null: until it is removed. */
  readonly times?: number | null;
  /** The share of matching calls that it hits, in (0, 1]; 1 by default. */
  readonly share?: number;
  /** Only calls about this chat. */
  readonly chatId?: number;
}

export type Fault = FaultEffect & FaultScope;

const DESCRIPTIONS: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden: bot was blocked by the user'],
  [404, 'Not Found'],
  [409, 'Conflict'],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

/** Telegram's usual description of this code. */
export function usualDescription(errorCode: number): string {
  return DESCRIPTIONS.get(errorCode) ?? `Error ${errorCode}`;
}

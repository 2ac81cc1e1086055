/** What goes wrong with a call. */
export type FaultEffect =
  /** 429: nothing was done, come back later. */
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
  /** The call, or only its answer, is held back. */
  | { readonly kind: 'slow'; readonly delayMs: number; readonly when?: 'before' | 'after' };

export interface FaultScope {
  /** A method's name in any case; `*` is every method but those about how updates come. */
  readonly method: string;
  /** How many calls it hits; 1 unless said otherwise, null: until it is called off. */
  readonly times?: number | null;
  /** The part of the fitting calls that is hit: above 0 and up to 1, which it is unless said otherwise. */
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

/** What Telegram says with this code when it says nothing else. */
export function usualDescription(errorCode: number): string {
  return DESCRIPTIONS.get(errorCode) ?? `Error ${errorCode}`;
}

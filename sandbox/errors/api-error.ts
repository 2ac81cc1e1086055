/** The `parameters` of an error answer. */
export interface ErrorParameters {
  readonly retry_after?: number;
}

/** An answer `{ ok: false }`: its code is also the HTTP status. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: ErrorParameters | null;

  constructor(code: number, description: string, parameters: ErrorParameters | null = null) {
    super(description);
    this.name = 'ApiError';
    this.code = code;
    this.parameters = parameters;
  }
}

/** A 400 with its reason as Telegram's core words it. */
export class BadRequest extends ApiError {
  readonly reason: string;

  constructor(reason: string) {
    super(400, `Bad Request: ${lowerFirst(reason)}`);
    this.reason = reason;
  }
}

/**
 * A 400. The reason is written as Telegram's core words it ("Message is too long", "BUTTON_DATA_INVALID"); the Bot API
 * puts "Bad Request: " before it and makes the first letter small, except where the second is a capital or "_".
 */
export function badRequest(reason: string): BadRequest {
  return new BadRequest(reason);
}

/** A 403, worded like `badRequest`. */
export function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${lowerFirst(reason)}`);
}

/** A 409: another poll or a webhook replaces this poll. */
export function conflict(reason: string): ApiError {
  return new ApiError(409, `Conflict: ${reason}`);
}

/** A 429 with the time after which to retry. */
export function tooManyRequests(retryAfterS: number): ApiError {
  const description = `Too Many Requests: retry after ${retryAfterS}`;
  return new ApiError(429, description, { retry_after: retryAfterS });
}

function lowerFirst(reason: string): string {
  return /^.[A-Z_]/.test(reason) ? reason : reason.slice(0, 1).toLowerCase() + reason.slice(1);
}

/**
 * What is kept for good will not have a value, now or ever. It is no outage: nobody else's values are
 * concerned, and asking again is of no use.
 */
export class RefusedValueError extends Error {
  override readonly name = 'RefusedValueError';
}

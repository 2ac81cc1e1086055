/** The database rejects this value. A retry fails too, but other values are not affected. */
export class RefusedValueError extends Error {
  override readonly name = 'RefusedValueError';
}

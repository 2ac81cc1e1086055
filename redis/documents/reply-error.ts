/** Whether the server itself replied with an error, as opposed to a connection error. */
export function isReplyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

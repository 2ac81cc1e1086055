/** Whether the server itself answered with an error, as against trouble on the way to it. */
export function isReplyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/**
 * A character acts in the arena without a live session. `LoginService.resume` restores it before
 * every tap, so this is a session lost in between: the next tap restores it again.
 */
export class NotLoggedInError extends Error {
  override readonly name = 'NotLoggedInError';
}

/**
 * A character acts in the arena without a live session. `LoginService.resume` restores the session
 * before every tap, so it was lost in between: the next tap restores it again.
 */
export class NotLoggedInError extends Error {
  override readonly name = 'NotLoggedInError';

  constructor(charId: number) {
    super(`Character ${charId} has no live session ready for the arena`);
  }
}

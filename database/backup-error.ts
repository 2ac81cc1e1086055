/** A backup or a restore is not possible; the message is one line that says why and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** A stored record is of a later release. Callers must leave it unchanged for that release. */
export class NewerRecordError extends Error {
  override readonly name = 'NewerRecordError';
  readonly version: number;

  constructor(version: number, known: number) {
    super(`Record version ${version} is newer than ${known}, the latest this release knows`);
    this.version = version;
  }
}

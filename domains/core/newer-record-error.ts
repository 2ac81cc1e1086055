/**
 * A stored record has a later version than this release knows. Callers must leave it as it is: the
 * release that wrote it can still read it.
 */
export class NewerRecordError extends Error {
  override readonly name = 'NewerRecordError';
  readonly version: number;

  constructor(version: number, known: number) {
    super(`Record version ${version} is newer than ${known}, the latest this release knows`);
    this.version = version;
  }
}

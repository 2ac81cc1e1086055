/**
 * A stored record is of a later version than this release knows. It is neither absent nor broken:
 * whoever meets it leaves it as it is, for the release that wrote it.
 */
export class NewerRecordError extends Error {
  override readonly name = 'NewerRecordError';
  readonly version: number;

  constructor(version: number, known: number) {
    super(`A record of version ${version}; this release knows up to ${known}`);
    this.version = version;
  }
}

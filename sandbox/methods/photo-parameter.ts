import { badRequest } from '../errors/api-error.ts';
import type { StoredFile } from '../world/file-store.ts';
import type { MethodCall } from './method.ts';

/** The `photo` parameter: an uploaded PNG or JPEG, or the id of one sent before. Throws ApiError. */
export function readPhoto({ parameters, world }: MethodCall): StoredFile {
  const upload = parameters.file('photo');
  if (upload !== null) {
    const stored = world.files.save(upload.bytes);
    if (stored.size === null) throw badRequest('IMAGE_PROCESS_FAILED');
    return stored;
  }
  const name = parameters.text('photo');
  if (name === '') throw badRequest('There is no photo in the request');
  if (/^https?:/i.test(name)) throw badRequest('the sandbox fetches no photos from the net');
  const known = world.files.find(name);
  if (known === null) throw badRequest('Wrong file identifier/HTTP URL specified');
  return known;
}

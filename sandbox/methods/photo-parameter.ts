import { badRequest } from '../errors/api-error.ts';
import type { UploadedFile } from '../requests/parameters.ts';
import type { StoredFile } from '../world/file-store.ts';
import type { World } from '../world/world.ts';
import type { MethodCall } from './method.ts';

/** The `photo` parameter. Throws ApiError. */
export function readPhoto({ parameters, world }: MethodCall): StoredFile {
  return resolvePhoto(world, parameters.text('photo'), parameters.file('photo'));
}

/** An uploaded PNG or JPEG, or a stored one by its id. Throws ApiError. */
export function resolvePhoto(world: World, id: string, upload: UploadedFile | null): StoredFile {
  if (upload !== null) {
    const stored = world.files.save(upload.bytes);
    if (stored.size === null) throw badRequest('IMAGE_PROCESS_FAILED');
    return stored;
  }
  if (id === '') throw badRequest('There is no photo in the request');
  if (/^https?:/i.test(id)) throw badRequest('the sandbox fetches no photos from the net');
  const known = world.files.find(id);
  if (known === null) throw badRequest('Wrong file identifier/HTTP URL specified');
  return known;
}

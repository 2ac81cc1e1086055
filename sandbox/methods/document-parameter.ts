import { badRequest } from '../errors/api-error.ts';
import type { DocumentContent } from '../world/message.ts';
import type { MethodCall } from './method.ts';

/** The `document` parameter: an uploaded file, or a stored one by its id. Throws ApiError. */
export function readDocument({
  parameters,
  world,
}: MethodCall): Pick<DocumentContent, 'file' | 'fileName'> {
  const upload = parameters.file('document');
  if (upload !== null) {
    if (upload.bytes.byteLength === 0) throw badRequest('file must be non-empty');
    return { file: world.files.save(upload.bytes, 'document'), fileName: upload.fileName };
  }
  const id = parameters.text('document');
  if (id === '') throw badRequest('There is no document in the request');
  if (/^https?:/i.test(id)) throw badRequest('the sandbox fetches no documents from the net');
  const file = world.files.find(id);
  if (file === null) throw badRequest('Wrong file identifier/HTTP URL specified');
  return { file, fileName: file.path.slice(file.path.lastIndexOf('/') + 1) };
}

import { ApiError, badRequest } from '../errors/api-error.ts';
import { readMultipart } from './multipart.ts';
import { Parameters } from './parameters.ts';
import type { UploadedFile } from './parameters.ts';

/** The limit for a body without files. */
export const LONGEST_PARAMETERS_BYTES = 1 << 20;

export interface RawRequest {
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * Parameters of the query and the body: JSON, urlencoded or multipart. Of two with the same name the first counts,
 * the query before the body. A body of another type is ignored, as Telegram does. Throws ApiError.
 */
export function decodeParameters(request: RawRequest): Parameters {
  const values = new Map<string, string>();
  const files = new Map<string, UploadedFile>();
  const add = (name: string, value: string) => {
    if (!values.has(name)) values.set(name, value);
  };
  request.query.forEach((value, name) => {
    add(name, value);
  });
  if (/multipart\/form-data/i.test(request.contentType)) {
    readParts(request, add, files);
    return new Parameters(values, files);
  }
  if (request.body.length > LONGEST_PARAMETERS_BYTES) {
    throw new ApiError(413, 'Request Entity Too Large: too many parameters');
  }
  for (const [name, value] of readFlat(request)) add(name, value);
  return new Parameters(values);
}

type AddValue = (name: string, value: string) => void;

function readParts(request: RawRequest, add: AddValue, files: Map<string, UploadedFile>): void {
  for (const part of readMultipart(request.body, request.contentType)) {
    if (part.fileName === null) add(part.name, part.bytes.toString('utf8'));
    else files.set(part.name, { fileName: part.fileName, bytes: part.bytes });
  }
}

function readFlat({ contentType, body }: RawRequest): Iterable<[string, string]> {
  if (/application\/json/i.test(contentType)) return readJson(body);
  if (/application\/x-www-form-urlencoded/i.test(contentType)) {
    return new URLSearchParams(body.toString('utf8'));
  }
  return [];
}

function readJson(body: Buffer): [string, string][] {
  if (body.length === 0) return [];
  const value = parseJson(body.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('JSON object expected');
  }
  return Object.entries(value).map(([name, member]: [string, unknown]) => [
    name,
    typeof member === 'string' ? member : JSON.stringify(member),
  ]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, "Bad Request: can't parse request body as a JSON object");
  }
}

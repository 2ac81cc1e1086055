import { badRequest } from '../errors/api-error.ts';

export interface Part {
  readonly name: string;
  /** Null for a plain field. */
  readonly fileName: string | null;
  readonly bytes: Buffer;
}

const LINE_LENGTH = 2;
const HEADERS_END = Buffer.from('\r\n\r\n');

/** The parts of a multipart/form-data body. Throws ApiError. */
export function readMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) throw badRequest('boundary not found');
  const delimiter = Buffer.from(`--${name}`);
  const partEnd = Buffer.from(`\r\n--${name}`);
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const begin = at + delimiter.length;
    const end = body.indexOf(partEnd, begin);
    if (isLast(body, begin)) return parts;
    if (end < 0) throw badRequest('unexpected end of request content');
    parts.push(readPart(body.subarray(begin + LINE_LENGTH, end)));
    at = end + LINE_LENGTH;
  }
  throw badRequest('unexpected end of request content');
}

function isLast(body: Buffer, at: number): boolean {
  return body.toString('latin1', at, at + 2) === '--';
}

function readPart(part: Buffer): Part {
  const end = part.indexOf(HEADERS_END);
  if (end < 0) throw badRequest('headers in multipart/form-data are empty');
  const disposition = dispositionOf(part.toString('utf8', 0, end));
  const name = field(disposition, 'name');
  if (name === null) throw badRequest('field name in multipart/form-data not found');
  return {
    name,
    fileName: field(disposition, 'filename'),
    bytes: part.subarray(end + HEADERS_END.length),
  };
}

function dispositionOf(headers: string): string {
  const line = headers.split('\r\n').find((header) => /^content-disposition\s*:/i.test(header));
  const value = line?.replace(/^[^:]*:\s*/, '') ?? '';
  if (!/^form-data\b/i.test(value)) throw badRequest('expected form-data content disposition');
  return value;
}

function field(disposition: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, 'i').exec(
    disposition,
  );
  if (found === null) return null;
  return found[1]?.replaceAll(/\\(.)/g, '$1') ?? found[2] ?? '';
}

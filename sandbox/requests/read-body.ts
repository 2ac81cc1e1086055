import type { IncomingMessage } from 'node:http';
import { ApiError } from '../errors/api-error.ts';

/**
 * The whole body. Rejects with a 413 when it is longer than `limitBytes`; the connection stays open long enough for
 * the answer to be read.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let lengthBytes = 0;
    request.on('data', (chunk: Buffer) => {
      lengthBytes += chunk.length;
      if (lengthBytes <= limitBytes) chunks.push(chunk);
      else reject(new ApiError(413, 'Request Entity Too Large'));
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
}

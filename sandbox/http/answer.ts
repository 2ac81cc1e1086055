import type { ServerResponse } from 'node:http';
import type { ApiError } from '../errors/api-error.ts';
import { DescribedResult } from '../methods/method.ts';

/** The answer to a Bot API call. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterS: number | null;
}

export function okAnswer(result: unknown): Answer {
  const body =
    result instanceof DescribedResult
      ? { ok: true, result: result.result, description: result.description }
      : { ok: true, result };
  return { status: 200, body, retryAfterS: null };
}

export function errorAnswer(error: ApiError): Answer {
  const { parameters } = error;
  return {
    status: error.code,
    body: {
      ok: false,
      error_code: error.code,
      description: error.message,
      ...(parameters === null ? {} : { parameters }),
    },
    retryAfterS: parameters?.retry_after ?? null,
  };
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (answer.retryAfterS !== null) response.setHeader('Retry-After', answer.retryAfterS);
  sendJson(response, answer.status, answer.body);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, { type: 'application/json', body: JSON.stringify(value) });
}

export function send(
  response: ServerResponse,
  status: number,
  content: { readonly type: string; readonly body: string | Uint8Array },
): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = Buffer.from(content.body);
  /* The rest of a body that is too long stays unread, so the connection cannot be reused. */
  if (status === 413) response.setHeader('Connection', 'close');
  response.writeHead(status, { 'Content-Type': content.type, 'Content-Length': bytes.length });
  response.end(bytes);
}

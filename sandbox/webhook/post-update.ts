import type { WebhookSettings } from '../world/webhook-store.ts';
import type { Update } from '../world/update-queue.ts';

/** The reply of a webhook; its body may be a method call. */
export interface WebhookReply {
  readonly contentType: string;
  readonly body: Buffer;
}

export type Delivery =
  | { readonly kind: 'arrived'; readonly reply: WebhookReply }
  /** `retryAfterS` is that of the webhook, or 0. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterS: number };

const LONGEST_RETRY_AFTER_S = 3600;

const CLOSED = 'Webhook connection closed';
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ECONNREFUSED', 'Connection refused'],
  ['ENOTFOUND', 'Failed to resolve host: Name or service not known'],
  ['ECONNRESET', CLOSED],
  ['UND_ERR_SOCKET', CLOSED],
]);

/** Sends one update. Never rejects; an aborted signal counts as a timeout. */
export async function postUpdate(
  update: Update,
  { url, secretToken }: WebhookSettings,
  signal: AbortSignal,
): Promise<Delivery> {
  const secret = secretToken === '' ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secretToken };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...secret },
      body: JSON.stringify(update),
      redirect: 'manual',
      signal,
    });
    const body = Buffer.from(await response.arrayBuffer());
    if (!response.ok) return refused(response);
    return {
      kind: 'arrived',
      reply: { contentType: response.headers.get('content-type') ?? '', body },
    };
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error, signal), retryAfterS: 0 };
  }
}

function refused({ status, statusText, headers }: Response): Delivery {
  const asked = Number(headers.get('retry-after') ?? 0);
  return {
    kind: 'failed',
    reason: `Wrong response from the webhook: ${status} ${statusText}`,
    retryAfterS: Number.isFinite(asked) ? Math.min(Math.max(asked, 0), LONGEST_RETRY_AFTER_S) : 0,
  };
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'Read timeout expired';
  const cause = error instanceof Error ? error.cause : null;
  if (!(cause instanceof Error)) return CLOSED;
  return REASONS.get('code' in cause ? cause.code : null) ?? cause.message;
}

import { decodeParameters } from '../requests/decode-parameters.ts';
import type { CallHandler } from './call-handler.ts';

/** Telegram does not run these in a reply to a webhook: their results would be lost. */
const UNCALLABLE = /^(?:deleteWebhook$|setWebhook$|close$|logOut$|get)/i;

/** Runs the method call in a webhook's reply. Its result is dropped, and a body without a call is ignored. */
export async function performReply(
  calls: CallHandler,
  reply: { readonly contentType: string; readonly body: Buffer },
  signal: AbortSignal,
): Promise<void> {
  try {
    const asked = decodeParameters({ query: new URLSearchParams(), ...reply });
    const name = asked.text('method');
    if (name === '' || UNCALLABLE.test(name)) return;
    await calls.handle({ name, parameters: asked.without('method'), signal });
  } catch {
    return;
  }
}

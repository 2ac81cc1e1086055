import { decodeParameters } from '../requests/decode-parameters.ts';
import type { CallDesk } from './call-desk.ts';

/** Whatever tells the caller something cannot be called in a reply: the caller would not hear it. */
const UNCALLABLE = /^(?:deleteWebhook$|setWebhook$|close$|logOut$|get)/i;

/** Performs the method call that a webhook's answer may hold. Its result is nobody's to see. */
export async function performReply(
  desk: CallDesk,
  reply: { readonly contentType: string; readonly body: Buffer },
  signal: AbortSignal,
): Promise<void> {
  try {
    const asked = decodeParameters({ query: new URLSearchParams(), ...reply });
    const name = asked.text('method');
    if (name === '' || UNCALLABLE.test(name)) return;
    await desk.serve({ name, parameters: asked.without('method'), signal });
  } catch {
    /* No method call, then. */
    return;
  }
}

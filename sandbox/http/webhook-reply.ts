import { decodeParameters } from '../requests/decode-parameters.ts';
import type { CallDesk } from './call-desk.ts';

/** Telegram does not perform these in a reply: nobody would hear what they tell. */
const UNCALLABLE = /^(?:deleteWebhook$|setWebhook$|close$|logOut$|get)/i;

/** Performs the method call that a webhook's answer may hold. A body that is none is passed over, as is its result. */
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
    return;
  }
}

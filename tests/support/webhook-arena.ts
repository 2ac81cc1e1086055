import { stablePort } from './redis-server.ts';
import { type OpenArena, openArena } from './open-arena.ts';

const SECRET = 'a-secret-of-this-journey';
/** Above every id that the sandbox gives. */
const FIRST_UPDATE_ID = 2_000_000_000;

export interface WebhookArena {
  readonly open: OpenArena;
  /** Delivers an update that the sandbox has no way to make. */
  readonly deliver: (update: object) => Promise<void>;
}

/** An arena that receives its updates by a webhook. */
export async function openWebhookArena(): Promise<WebhookArena> {
  const port = await stablePort();
  const url = `http://127.0.0.1:${port}/hook`;
  const open = await openArena({
    WEBHOOK_URL: url,
    WEBHOOK_PORT: String(port),
    WEBHOOK_SECRET: SECRET,
  });
  let updateId = FIRST_UPDATE_ID;
  const deliver = async (update: object) => {
    const headers = { 'X-Telegram-Bot-Api-Secret-Token': SECRET };
    const body = JSON.stringify({ update_id: updateId++, ...update });
    const { status } = await fetch(url, { method: 'POST', headers, body });
    if (status !== 200) throw new Error(`The webhook answered ${status}`);
  };
  return { open, deliver };
}

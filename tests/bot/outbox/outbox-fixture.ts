import { Api } from 'grammy';
import { onTestFinished, vi } from 'vitest';
import { type Sandbox, startSandbox } from 'telegram-sandbox';
import type { SandboxPerson } from 'telegram-sandbox/testing';
import type { DeliveryMode } from '../../../bot/outbox/queued-screen.ts';
import { Outbox } from '../../../bot/outbox/outbox.ts';
import { type Text, text } from '../../../domains/core/text.ts';
import type { UiPayload } from '../../../domains/core/ui-payload.ts';
import type { Timing } from '../../../bot/timing.ts';
import { MemoryChats } from '../../support/memory-chats.ts';
import { FixedClock } from '../../support/clock.ts';
import { quickTiming } from '../../support/quick-timing.ts';
import { packAction } from '../../support/shipped-codec.ts';
import { RecordingLog } from '../../support/recording-log.ts';

const TOKEN = '77:token-of-an-outbox-on-this-machine';

const SOON = { interval: 1, timeout: 30_000 };

export interface OutboxFixture {
  readonly sandbox: Sandbox;
  readonly api: Api;
  readonly ann: SandboxPerson;
  readonly outbox: Outbox;
  readonly log: RecordingLog;
  readonly chats: MemoryChats;
  readonly timing: Timing;
  readonly clock: FixedClock;
  /** Another outbox on the same store, as after a restart. */
  again(): Outbox;
  texts(): string[];
  /** Resolves when the method has been called this often. */
  called(method: string, times?: number): Promise<unknown>;
  /** Resolves when a fault has hit its call. */
  faultHit(): Promise<unknown>;
  show(title: Text, mode?: DeliveryMode): Promise<void>;
  sent(): string[];
}

const inEnglish = () => Promise.resolve('en' as const);

/** An outbox that writes to Ann over HTTP, by default twenty times faster than real time. */
export async function openOutbox(
  getLanguage = inEnglish,
  timing: Timing = quickTiming(),
): Promise<OutboxFixture> {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const ann = sandbox.people.add({ firstName: 'Ann' });
  ann.say('/start');
  const log = new RecordingLog();
  const api = new Api(TOKEN, { apiRoot: sandbox.url });
  const chats = new MemoryChats();
  const clock = new FixedClock();
  const players = { getLanguage };
  const around = { api, chats, players, log, timing, clock };
  const again = () => new Outbox({ ...around, clientTime: true, pack: packAction });
  const outbox = again();
  return {
    sandbox,
    api,
    ann,
    outbox,
    again,
    log,
    chats,
    timing,
    clock,
    texts: () => botMessages(ann).map((one) => one.text),
    called: (method, times = 1) =>
      vi.waitUntil(() => sandbox.calls.list(method).length >= times, SOON),
    faultHit: () => vi.waitUntil(() => sandbox.faults.list().length === 0, SOON),
    show: (title, mode = 'edit') => outbox.show(ann.id, screen(title), { mode }),
    sent: () => sandbox.calls.list().map(({ method }) => method),
  };
}

export function screen(title: Text): UiPayload {
  return { screen: 'test', title, body: [], buttons: [[{ label: title, action: 'home' }]] };
}

export const named = (name: string) => text('account.button.enter', { name });
export const botMessages = (ann: SandboxPerson) =>
  ann.chat().messages.filter((one) => one.from === 'bot');

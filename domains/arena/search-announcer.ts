import type { AccountStore } from '../account/account-store.ts';
import type { Announcer } from '../core/announcer.ts';
import type { Log } from '../core/log.ts';
import { text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import { searchScreen } from './arena-screens.ts';
import type { ArenaSessionService } from './arena-session-service.ts';
import type { Waiting } from './arena-store.ts';

export interface SearchAnnouncerDeps {
  readonly sessions: Pick<ArenaSessionService, 'getWidened'>;
  readonly accounts: Pick<AccountStore, 'getFullAccount'>;
  readonly announcer: Announcer;
  readonly presentScreen: (charId: number) => Promise<UiPayload>;
  readonly log: Log;
}

/** Shows to those who wait what a wave makes of their search. */
export class SearchAnnouncer {
  readonly #deps: SearchAnnouncerDeps;

  constructor(deps: SearchAnnouncerDeps) {
    this.#deps = deps;
  }

  /** The search cards of whose window has widened show it; whoever looks at them need not tap. */
  async announceWidening(waiting: readonly Waiting[], sinceMs: number): Promise<void> {
    const { sessions, announcer } = this.#deps;
    for (const meta of await sessions.getWidened(waiting, sinceMs)) {
      const { userId } = meta.request;
      if (userId !== null) announcer.announce(userId, searchScreen(meta), 'ambient');
    }
  }

  /** A player whose screen cannot be made does not end the wave for the others. */
  async announceExpiry(charId: number): Promise<void> {
    try {
      await this.#showExpiry(charId);
    } catch (error) {
      this.#deps.log.error({ charId, err: error }, 'expiry announcement failed');
    }
  }

  async #showExpiry(charId: number): Promise<void> {
    const { accounts, presentScreen, announcer } = this.#deps;
    const userId = (await accounts.getFullAccount(charId))?.user_id ?? null;
    if (userId === null) return;
    const notice = text('arena.notice.expired');
    announcer.announce(userId, { ...(await presentScreen(charId)), notice }, 'edit');
  }
}

import type { AccountStore } from '../account/account-store.ts';
import type { FirstScreen } from '../account/onboarding-feature.ts';
import type { Log } from '../core/log.ts';
import { type Reply, shown } from '../core/reply.ts';
import { storyScreen } from './story-screens.ts';
import type { StoryService } from './story-service.ts';

export interface FirstStoryDeps {
  readonly story: Pick<StoryService, 'beginNow'>;
  readonly accounts: Pick<AccountStore, 'getFullAccount'>;
  /** Where the story cannot begin, as while the database is away. */
  readonly firstFight: FirstScreen;
  readonly log: Log;
}

/** A new character begins in the prologue. */
export function firstStory(deps: FirstStoryDeps): FirstScreen {
  return async (player, charId) => (await begin(deps, charId)) ?? deps.firstFight(player, charId);
}

/** Null: it cannot begin. It must not end onboarding with an error. */
async function begin(
  { story, accounts, log }: FirstStoryDeps,
  charId: number,
): Promise<Reply | null> {
  try {
    const account = await accounts.getFullAccount(charId);
    if (account === null) return null;
    const reply = await story.beginNow({ charId, account }, 'prologue');
    return reply.kind === 'shown' ? shown(storyScreen(reply.view, account.bio)) : null;
  } catch (error) {
    log.warn({ charId, err: error }, 'first story not begun');
    return null;
  }
}

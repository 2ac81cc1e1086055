import { type AccountPlayer, finishedCharacter, withCharacter } from '../account/account-player.ts';
import type { Played } from '../account/login-service.ts';
import type { FirstScreen } from '../account/onboarding-feature.ts';
import { type Feature, feature } from '../core/feature.ts';
import { type Reply, shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import { type StoryAction, storyActionSchema } from '../scenario/story-action.ts';
import { ownPointsScreen, raiseFrom } from './own-points-screen.ts';
import type { NoStory, StoryReply } from './story-reply.ts';
import { overScreen, storyScreen } from './story-screens.ts';
import { type StoryService, isSessionInStory } from './story-service.ts';

export interface StoryFeatureDeps {
  readonly story: StoryService;
  /** Whether the character is in a queue, a match or a battle. */
  readonly isInArena: (charId: number) => Promise<boolean>;
  /** Where a character goes that skips the first story. */
  readonly firstFight: FirstScreen;
}

const actions = storyActionSchema.options.map(({ shape }) => shape.action.value);

/** Stories that characters play alone. */
export function storyFeature(deps: StoryFeatureDeps): Feature<AccountPlayer> {
  const { story } = deps;
  return feature({
    name: 'story',
    actions: storyActionSchema,
    act: (player: AccountPlayer, action) =>
      withCharacter(player, async (played) => act(player, deps, { played, action })),
    reads: Object.fromEntries(actions.map((action) => [action, 'account' as const])),
    occupies: (charId) => story.isInStory(charId),
    present: { scenario: (player) => presentScreen(player, deps) },
  });
}

/** Null also while they wait or fight, and while the database is away. */
async function presentScreen(
  player: AccountPlayer,
  { story, isInArena }: StoryFeatureDeps,
): Promise<UiPayload | null> {
  const played = await finishedCharacter(player);
  if (played === null || !isSessionInStory(played.account)) return null;
  if (await isInArena(played.charId)) return null;
  return screenOf(await story.look(played), played);
}

interface Acting {
  readonly played: Played;
  readonly action: StoryAction;
}

async function act(
  player: AccountPlayer,
  deps: StoryFeatureDeps,
  { played, action }: Acting,
): Promise<Reply> {
  const reply = await step(deps.story, played, action);
  if (action.action === 'story.skip' && reply.kind === 'over')
    return deps.firstFight(player, played.charId);
  if (action.action === 'story.points' && reply.kind === 'shown') {
    if (reply.view.session.seq !== action.value.seq)
      return player.home(text('story.refused.stale'));
    return shown(ownPointsScreen(reply.view, played.account.bio, action.value.given));
  }
  const screen = screenOf(reply, played);
  return screen === null ? elsewhere(player, reply) : shown(screen);
}

function step(story: StoryService, played: Played, action: StoryAction): Promise<StoryReply> {
  switch (action.action) {
    case 'story.begin':
      return story.begin(played, action.value.key, action.value.version);
    case 'story.choose':
      return story.choose(played, action.value);
    case 'story.fight':
      return story.fight(played, action.value);
    case 'story.pause':
      return story.pause(played, action.value);
    case 'story.resume':
      return story.resume(played, action.value);
    case 'story.skip':
      return story.skip(played, action.value);
    case 'story.accept':
      return story.acceptPoints(played, action.value);
    case 'story.points':
      return story.look(played);
    case 'story.raise':
      return story.choosePoints(played, action.value.seq, raiseFrom(action.value.given));
  }
}

/** Null: the reply is no screen of a story. */
function screenOf(reply: StoryReply, { account }: Played): UiPayload | null {
  if (reply.kind === 'over') return overScreen(reply.done, account.bio);
  if (reply.kind !== 'shown' || reply.view.session.paused) return null;
  return storyScreen(reply.view, account.bio, reply.done);
}

async function elsewhere(player: AccountPlayer, reply: StoryReply): Promise<Reply> {
  switch (reply.kind) {
    case 'shown':
    case 'over':
    case 'fights':
      return player.home();
    case 'refused':
      return player.home(text(`story.refused.${reply.reason}`));
    default:
      return player.home(text(noStory[reply.kind]));
  }
}

const noStory = {
  busy: 'account.notice.busy',
  unavailable: 'account.notice.away',
  missing: 'account.notice.gone',
  draining: 'arena.notice.draining',
} as const satisfies Record<NoStory['kind'], string>;

import { type AccountPlayer, finishedCharacter, withCharacter } from '../account/account-player.ts';
import type { Played } from '../account/login-service.ts';
import { type WorldAction, worldActionSchema } from '../combat/world-action.ts';
import { type Feature, feature } from '../core/feature.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import { isWildPlace } from './places.ts';
import type { Exploration } from './exploration-service.ts';
import { doneLines } from './world-lines.ts';
import { mapScreen } from './map-screen.ts';
import { type MapSenderDeps, sendMap } from './map-sender.ts';
import type { FightReply, LookReply, NoWorld, WorldReply, WorldView } from './world-reply.ts';
import { worldScreen } from './world-screens.ts';

export interface WorldFeatureDeps extends MapSenderDeps {
  readonly exploration: Exploration;
}

const actions = worldActionSchema.options.map(({ shape }) => shape.action.value);

/** Places, ways between them, and whom a character meets there. */
export function worldFeature(deps: WorldFeatureDeps): Feature<AccountPlayer> {
  const { exploration } = deps;
  return feature({
    name: 'world',
    actions: worldActionSchema,
    act: (player: AccountPlayer, action) =>
      withCharacter(player, async (played) => {
        const reply = await step(exploration, played, action);
        if ('view' in reply && reply.view.isInStory) return inStory(player, reply);
        const isMap = action.action === 'world.map' || action.action === 'world.picture';
        if (reply.kind === 'shown' && isMap)
          return showMap(player, deps, { ...played, view: reply.view, action });
        return replyTo(player, reply);
      }),
    commands: [{ name: 'world', action: { action: 'world' }, description: 'bot.command.world' }],
    reads: Object.fromEntries(actions.map((action) => [action, 'account' as const])),
    present: { world: (player) => presentScreen(player, exploration) },
  });
}

/** In a wild place the world is where the player is; null also while it cannot be read. */
async function presentScreen(
  player: AccountPlayer,
  exploration: Exploration,
): Promise<UiPayload | null> {
  const played = await finishedCharacter(player);
  if (played === null || !isWildPlace(played.account.location.current)) return null;
  const look = await exploration.look(played);
  return look.kind === 'shown' && !look.view.isInStory ? worldScreen(look.view) : null;
}

function step(
  exploration: Exploration,
  played: Played,
  action: WorldAction,
): Promise<LookReply | WorldReply | FightReply> {
  switch (action.action) {
    case 'world':
    case 'world.map':
    case 'world.picture':
      return exploration.look(played);
    case 'world.go':
      return exploration.go(played, action.value.to, action.value.version);
    case 'world.search':
      return exploration.search(played, action.value);
    case 'world.gather':
      return exploration.gather(played, action.value);
    case 'world.rest':
      return exploration.rest(played, action.value);
    case 'world.heal':
      return exploration.heal(played, action.value);
    case 'world.sell':
      return exploration.sellMaterials(played, action.value);
    case 'world.fight':
      return exploration.fight(played, action.value);
    case 'world.avoid':
      return exploration.avoid(played, action.value);
    case 'world.run':
      return exploration.run(played, action.value);
    case 'world.examine':
      return exploration.examine(played, action.value);
  }
}

/** The story is where the player is; a tap on an older screen of the world is refused. */
function inStory(player: AccountPlayer, { kind }: LookReply | WorldReply): Promise<Reply> {
  return player.home(kind === 'shown' ? null : text('world.refused.story'));
}

async function showMap(
  player: AccountPlayer,
  deps: WorldFeatureDeps,
  { charId, view, action }: Played & { readonly view: WorldView; readonly action: WorldAction },
): Promise<Reply> {
  if (action.action === 'world.map') return shown(mapScreen(view, false));
  const isSent = await sendMap(deps, { userId: player.userId, charId }, view);
  // It may have arrived without an answer.
  if (!isSent)
    return refused(text('world.refused.not_sent'), {
      ...mapScreen(view, false),
      isBelowFile: true,
    });
  return shown(mapScreen(view, true));
}

function replyTo(
  player: AccountPlayer,
  reply: LookReply | WorldReply | FightReply,
): Promise<Reply> | Reply {
  switch (reply.kind) {
    case 'shown':
      return shown(worldScreen(reply.view));
    case 'done':
      return shown(worldScreen(reply.view, doneLines(reply.done, reply.view)));
    case 'refused':
      return refused(text(`world.refused.${reply.reason}`), worldScreen(reply.view));
    case 'fights':
      return player.home();
    default:
      return player.home(text(noWorld[reply.kind]));
  }
}

const noWorld = {
  busy: 'account.notice.busy',
  unavailable: 'account.notice.away',
  missing: 'account.notice.gone',
  draining: 'arena.notice.draining',
} as const satisfies Record<NoWorld['kind'], string>;

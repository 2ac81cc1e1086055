import { CURVE_DUELS, CURVE_EVERY_S } from '../../resources/numbers/profile.ts';
import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import { DamagedBattleError, isErased } from '../combat/battle-archive.ts';
import type { Fighter } from '../combat/battle-session.ts';
import { type ProfileAction, profileActionSchema } from '../combat/profile-action.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import { type Feature, feature } from '../core/feature.ts';
import type { Log } from '../core/log.ts';
import type { MemoOfUser, MemoStore } from '../core/memo-store.ts';
import type { Messenger } from '../core/messenger.ts';
import { shown } from '../core/reply.ts';
import { type TextKey, text } from '../core/text.ts';
import {
  type ProfilePayload,
  achievementsScreen,
  curveCaption,
  curveSentScreen,
  profileScreen,
} from './profile-screens.ts';
import type { Profile, ProfileReader } from './profiles.ts';
import { curveSvg, ratingCurve } from './rating-curve.ts';

interface SideOfBattle {
  /** Null: the Shadow. */
  readonly charId: number | null;
  readonly userId: number | null;
}
export type SidesOfBattle = readonly [SideOfBattle, SideOfBattle];

export interface ProfileFeatureDeps {
  readonly profiles: ProfileReader;
  /** Of a running or an ended battle; null: there is none. */
  readonly sidesOf: (battleId: string) => Promise<SidesOfBattle | null>;
  /** Makes a PNG of an SVG. */
  readonly drawPng: (svg: string) => Promise<Uint8Array>;
  readonly messenger: Pick<Messenger, 'sendPhoto'>;
  readonly memos: Pick<MemoStore, 'read' | 'write'>;
  readonly clock: Clock;
  readonly log: Log;
}

const CURVE: MemoOfUser = 'curve';

/** What a player has achieved, and an opponent. */
export function profileFeature(deps: ProfileFeatureDeps): Feature<AccountPlayer> {
  const { clock, log } = deps;
  const breaker = new CircuitBreaker({ clock, log, events: null });
  return feature({
    name: 'profile',
    actions: profileActionSchema,
    act: (player: AccountPlayer, action) =>
      withCharacter(player, async ({ charId }) => {
        const fighter = { charId, userId: player.userId };
        const called = await breaker.call(() => answer(deps, fighter, action));
        const answered = called.kind === 'answered' ? called.value : 'profile.notice.away';
        return typeof answered === 'string' ? player.home(text(answered)) : shown(answered);
      }),
    commands: [{ name: 'me', action: { action: 'profile' }, description: 'bot.command.me' }],
  });
}

/** The screen, or why there is none. */
async function answer(
  deps: ProfileFeatureDeps,
  fighter: Fighter,
  action: ProfileAction,
): Promise<ProfilePayload | TextKey> {
  if (action.action === 'profile.opponent')
    return opponentProfile(deps, fighter, action.value.battleId);
  const profile = await deps.profiles.profileOf(fighter.charId);
  if (profile === null) return 'profile.notice.unknown';
  switch (action.action) {
    case 'profile':
      return profileScreen(profile, true);
    case 'profile.achievements':
      return achievementsScreen(profile.achievements);
    case 'profile.curve':
      return sendCurve(deps, fighter, profile);
  }
}

async function opponentProfile(
  { profiles, sidesOf }: ProfileFeatureDeps,
  fighter: Fighter,
  battleId: string,
): Promise<ProfilePayload | TextKey> {
  const opponent = opponentOf(fighter, await knownSides(sidesOf, battleId));
  if (opponent === null) return 'profile.notice.unknown';
  if (isErased(opponent)) return 'profile.notice.deleted';
  const profile = await profiles.profileOf(opponent.charId);
  return profile === null ? 'profile.notice.deleted' : profileScreen(profile, false);
}

/** Null: nobody, no character, or not a battle of the reader. */
function opponentOf({ charId, userId }: Fighter, sides: SidesOfBattle | null) {
  const isOwn = (side: SideOfBattle) => side.userId === userId && side.charId !== null;
  const own = sides?.find((side) => isOwn(side) && side.charId === charId) ?? sides?.find(isOwn);
  const other = sides?.find((side) => side !== own);
  if (own === undefined || other === undefined || other.charId === null) return null;
  return { charId: other.charId };
}

/** Null also if the battle cannot be read: the history tells that. */
async function knownSides(sidesOf: ProfileFeatureDeps['sidesOf'], battleId: string) {
  try {
    return await sidesOf(battleId);
  } catch (error) {
    if (error instanceof DamagedBattleError) return null;
    throw error;
  }
}

async function sendCurve(
  { profiles, drawPng, messenger, memos }: ProfileFeatureDeps,
  { charId, userId }: Fighter,
  { name }: Profile,
): Promise<ProfilePayload | TextKey> {
  const id = String(userId);
  if ((await memos.read(CURVE, id)) !== null) return 'profile.notice.curve_often';
  const numbers = await profiles.curveOf(charId, CURVE_DUELS);
  if (numbers.length < 2) return 'profile.notice.no_curve';
  await memos.write(CURVE, id, { value: 1, ttlS: CURVE_EVERY_S });
  const curve = ratingCurve(numbers);
  const picture = await drawPng(curveSvg(curve));
  const caption = curveCaption(name ?? '', curve);
  const sent = await messenger.sendPhoto(userId, { picture, caption });
  return sent === null ? 'profile.notice.not_sent' : curveSentScreen();
}

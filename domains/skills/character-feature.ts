import { sessionWith } from '../account/account-session-service.ts';
import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import type { Played } from '../account/login-service.ts';
import type { CharacterRecord, CharacterRecords } from '../combat/character-record.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import { type Feature, feature } from '../core/feature.ts';
import type { Log } from '../core/log.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import type { JourneyService } from '../inventory/journey-service.ts';
import type { Earnings } from '../inventory/journey.ts';
import { type CharacterAction, characterActionSchema } from './character-action.ts';
import { characterScreen } from './character-screen.ts';
import { replyTo, withEarnings } from './earned-reply.ts';
import { lastPointScreen, pointsScreen } from './points-screen.ts';
import { type PointChoice, spendPoint } from './points.ts';

export interface CharacterFeatureDeps {
  readonly records: CharacterRecords;
  readonly journey: Pick<JourneyService, 'read' | 'step'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The character that the user plays: level, attributes with their points, techniques and record. */
export function characterFeature(deps: CharacterFeatureDeps): Feature<AccountPlayer> {
  const { records, journey } = deps;
  const breaker = new CircuitBreaker({ clock: deps.clock, log: deps.log, events: null });
  const recordOf = async (charId: number) => {
    const called = await breaker.call(() => records.recordOf(charId));
    return called.kind === 'answered' ? called.value : null;
  };
  return feature({
    name: 'character',
    actions: characterActionSchema,
    act: (player: AccountPlayer, action) =>
      action.action === 'character'
        ? withCharacter(player, (played) => character(played, { journey, recordOf }))
        : points(player, journey, action),
    reads: {
      character: 'account',
      points: 'account',
      'points.last': 'account',
      'points.spend': 'account',
    },
  });
}

interface CharacterReads {
  readonly journey: Pick<JourneyService, 'read'>;
  readonly recordOf: (charId: number) => Promise<CharacterRecord | null>;
}

/** While the database is away: what the session knows. */
async function character(
  { charId, account }: Played,
  { journey, recordOf }: CharacterReads,
): Promise<Reply> {
  const [earned, record] = await Promise.all([journey.read(charId, account), recordOf(charId)]);
  const isKnown = earned !== 'unavailable' && earned !== null;
  if (!isKnown) return shown(characterScreen(account, { record, journey: null }));
  return shown(characterScreen(sessionWith(account, earned), { record, journey: earned.journey }));
}

function points(
  player: AccountPlayer,
  journey: CharacterFeatureDeps['journey'],
  action: Exclude<CharacterAction, { action: 'character' }>,
): Promise<Reply> {
  switch (action.action) {
    case 'points':
      return withEarnings(player, journey, (earnings) => shown(pointsScreen(earnings)));
    case 'points.last':
      return withEarnings(player, journey, (earnings) => lastPoint(earnings, action.value));
    case 'points.spend':
      return withCharacter(player, async ({ charId }) =>
        replyTo(player, await journey.step(charId, spendPoint(action.value)), pointsScreen),
      );
  }
}

/** Asks only for what the next tap can do. */
function lastPoint(earnings: Earnings, value: PointChoice): Reply {
  const decision = spendPoint(value)(earnings);
  return decision.kind === 'refused'
    ? refused(decision.reason, pointsScreen(earnings))
    : shown(lastPointScreen(earnings, value.attribute));
}

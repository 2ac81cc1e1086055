import type { AccountPlayer } from '../account/account-player.ts';
import type { Clock } from '../core/clock.ts';
import { dayOf, dayStartMs } from '../core/day.ts';
import { type Feature, feature } from '../core/feature.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { type Text, text } from '../core/text.ts';
import type { JourneyService } from '../inventory/journey-service.ts';
import type { Earnings } from '../inventory/journey.ts';
import { type BoardAction, boardActionSchema } from './board-action.ts';
import { boardScreen } from './board-screen.ts';
import { type Claim, type NoticeProgress, boardOf, claimNotice } from './board.ts';
import { givenLines } from './board-given.ts';
import { replyTo, withEarnings } from './earned-reply.ts';

export interface BoardFeatureDeps {
  readonly journey: Pick<JourneyService, 'read' | 'step' | 'grantsBetween'>;
  readonly clock: Clock;
}

/** Three tasks a day, each paid once. */
export function boardFeature(deps: BoardFeatureDeps): Feature<AccountPlayer> {
  return feature({
    name: 'board',
    actions: boardActionSchema,
    act: (player: AccountPlayer, action) => act(player, deps, action),
    reads: { board: 'account', 'board.claim': 'account' },
  });
}

function act(player: AccountPlayer, deps: BoardFeatureDeps, action: BoardAction): Promise<Reply> {
  const day = dayOf(deps.clock.now());
  return withEarnings(player, deps.journey, async (earnings) => {
    // After the earnings: what is paid between the two makes their version old.
    const board = await readBoard(deps, earnings, day);
    if (board === 'unavailable') return player.home(text('account.notice.away'));
    const { version } = earnings.journey;
    if (action.action === 'board') return shown(boardScreen({ board, day, version }));
    if (action.value.day !== day)
      return refused(text('skills.notice.day'), boardScreen({ board, day, version }));
    return claim(player, deps, { before: earnings, board, claimed: action.value });
  });
}

interface Claiming {
  readonly before: Earnings;
  readonly board: readonly NoticeProgress[];
  readonly claimed: Claim;
}

async function claim(
  player: AccountPlayer,
  { journey }: BoardFeatureDeps,
  { before, board, claimed }: Claiming,
): Promise<Reply> {
  const { place, day } = claimed;
  const reply = await journey.step(before.charId, claimNotice(board, claimed));
  const isPaid = reply.kind === 'changed';
  return replyTo(player, reply, (earnings) => {
    const { version } = earnings.journey;
    const after = board.map((one) => (isPaid && one.place === place ? { ...one, isPaid } : one));
    const given: Text[] = isPaid ? givenLines(before, earnings) : [];
    return boardScreen({ board: after, day, version, given });
  });
}

async function readBoard(
  { journey }: BoardFeatureDeps,
  earnings: Earnings,
  day: number,
): Promise<readonly NoticeProgress[] | 'unavailable'> {
  const span = { fromMs: dayStartMs(day), toMs: dayStartMs(day + 1) };
  const granted = await journey.grantsBetween(earnings.charId, span);
  return granted === 'unavailable' ? granted : boardOf(earnings, day, granted);
}

import type {
  Admission,
  AdmissionReply,
  QueueRequest,
  Waiting,
} from '../../domains/arena/arena-store.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { keys, keyTable } from '../keys.ts';
import { cardOf } from '../arena-cards.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export interface LetInTerms {
  readonly mode: Mode;
  readonly nowMs: number;
  readonly requestTtlMs: number;
}

interface Lists {
  readonly touched: string[];
  readonly args: (string | number)[];
}

type Meeting = Extract<Admission, { kind: 'meets' }>;

const script = new LuaScript<AdmissionReply>(
  'let-in',
  ['queued', 'claimed', 'already_queued', 'seated', 'opponent_gone'],
  'cards',
);

/** Answers for each admission, in order; nobody may be in two of them. */
export async function letIn(
  client: RedisClient,
  { mode, nowMs, requestTtlMs }: LetInTerms,
  admissions: readonly Admission[],
): Promise<AdmissionReply[]> {
  const touched = [keys.queue(mode), keys.since(mode), keys.cards(mode)];
  touched.push(keys.line(mode), keys.matches());
  const [seatTtlMs, opponentTtlMs] = [keyTable.seat.lifeS * 1_000, lastOpponentTtlMs];
  const args: Lists['args'] = [mode, nowMs, requestTtlMs, seatTtlMs, opponentTtlMs];
  const lists = { touched, args };
  for (const one of admissions) {
    if (one.kind === 'waits') addWait(lists, one.newcomer);
    else addMeeting(lists, one);
  }
  const words = await script.runAll(client, { keys: touched, args });
  if (words.length !== admissions.length) throw new Error('let-in.lua left somebody out');
  return words;
}

const lastOpponentTtlMs = keyTable.lastOpponent.lifeS * 1_000;

function addWait({ touched, args }: Lists, newcomer: Waiting): void {
  const { charId } = newcomer;
  touched.push(keys.request(charId), keys.seat(charId));
  args.push('waits', cardOf(newcomer));
}

function addMeeting({ touched, args }: Lists, { match, waiting }: Meeting): void {
  const { seeker, opponent } = match;
  if (opponent === null) throw new Error('A newcomer meets somebody, never the Shadow');
  touched.push(keys.match(match.id));
  for (const { charId } of [seeker, opponent]) {
    touched.push(keys.request(charId), keys.seat(charId), keys.lastOpponent(charId));
  }
  const kind = waiting === null ? 'pairs' : 'meets';
  args.push(kind, match.id, cardOf(newcomer(seeker)), cardOf(waiting ?? newcomer(opponent)));
}

/** Of a newcomer who is matched at once nobody reads whom he fought before. */
function newcomer(request: QueueRequest): Waiting {
  return { ...request, lastOpponentId: null };
}

import type { AccountContext, Stats } from '../account/account-context.ts';
import { type AccountStore, ifLive } from '../account/account-store.ts';
import type { Played } from '../account/login-service.ts';
import type { Encounter, WildBattles } from '../combat/wild-battles.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import {
  type LiveAccounts,
  copyLocation,
  copyStory,
  grow,
  heal,
} from '../exploration/live-session.ts';
import { restedPercent } from '../exploration/rested.ts';
import type { JourneyService } from '../inventory/journey-service.ts';
import type { Earnings } from '../inventory/journey.ts';
import type { Decision } from '../inventory/journey-store.ts';
import type { Raise } from '../scenario/points.ts';
import { nodeOf } from '../scenario/scenario.ts';
import { type ScenarioKey } from '../scenario/scenarios.ts';
import type { StoryNo, StoryReply, StoryView, StepOutcome } from './story-reply.ts';
import * as rules from './story-rules.ts';

export interface StoryDeps {
  readonly journey: Pick<JourneyService, 'read' | 'step'>;
  readonly accounts: LiveAccounts &
    Pick<AccountStore, 'applyDamage' | 'getFullAccount' | 'getStats'>;
  readonly wild: WildBattles;
  readonly clock: Clock;
  readonly entropy: Entropy;
}

export interface Choice {
  readonly key: ScenarioKey;
  readonly seq: number;
  readonly index: number;
}

/** What a step decided, as it was decided last. */
interface Decided {
  readonly before: Earnings;
  readonly outcome: StepOutcome;
  readonly nowMs: number;
}

/** Each step is one transaction, and reaches the live session after it. */
export class StoryService {
  readonly #deps: StoryDeps;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  /** Goes on after a battle, and repairs a session that missed a step. */
  async look(who: Played): Promise<StoryReply> {
    const { charId, account } = who;
    const earnings = await this.#deps.journey.read(charId, account);
    if (earnings === null) return { kind: 'missing' };
    if (earnings === 'unavailable') return { kind: 'unavailable' };
    const story = rules.storyOf(earnings);
    if (story?.session.waits.for === 'battle' && story.session.waits.won !== undefined) {
      const reply = await this.#step(who, rules.goOn);
      // Another tap was faster: what it has led to is read again.
      return reply.kind === 'refused' ? this.#shownNow(who) : reply;
    }
    return this.#shown(account, earnings);
  }

  async begin(who: Played, key: ScenarioKey, version: number): Promise<StoryReply> {
    return this.#step(who, rules.begin(key, version));
  }

  /** Whatever the version: for those who have just come into the world. */
  async beginNow(who: Played, key: ScenarioKey): Promise<StoryReply> {
    const earnings = await this.#deps.journey.read(who.charId, who.account);
    if (earnings === null) return { kind: 'missing' };
    if (earnings === 'unavailable') return { kind: 'unavailable' };
    return this.begin(who, key, earnings.journey.version);
  }

  /** A choice that leads into a battle begins it. */
  async choose(who: Played, choice: Choice): Promise<StoryReply> {
    const reply = await this.#step(who, rules.choose(choice));
    const isFight = reply.kind === 'shown' && reply.view.session.waits.for === 'battle';
    return isFight ? this.#startBattle(who.charId, reply.view) : reply;
  }

  /** Into the battle that the story waits for, if its tap did not reach it. */
  async fight(who: Played, seq: number): Promise<StoryReply> {
    const reply = await this.look(who);
    if (reply.kind !== 'shown' || reply.view.session.waits.for !== 'battle') return reply;
    if (reply.view.session.seq !== seq) return refused('stale');
    return this.#startBattle(who.charId, reply.view);
  }

  async acceptPoints(who: Played, seq: number): Promise<StoryReply> {
    return this.#step(who, rules.takePoints(seq, null));
  }

  async choosePoints(who: Played, seq: number, own: Raise): Promise<StoryReply> {
    return this.#step(who, rules.takePoints(seq, own));
  }

  async skip(who: Played, seq: number): Promise<StoryReply> {
    return this.#step(who, rules.skip(seq));
  }

  async pause(who: Played, seq: number): Promise<StoryReply> {
    return this.#step(who, rules.pause(seq));
  }

  async resume(who: Played, seq: number): Promise<StoryReply> {
    return this.#step(who, rules.resume(seq));
  }

  /** Sets the story aside for something else; while the database is away, in the session alone. */
  async leave(charId: number): Promise<void> {
    const account = await this.#deps.accounts.getFullAccount(charId);
    if (account === null || account.state === 'COMBAT') return;
    if (account.sessions.scenario_id === null) return;
    await this.#step({ charId, account }, rules.pause(null));
    await ifLive(() => this.#deps.accounts.setScenarioSession(charId, null));
  }

  /** Whether the live session is in a story. */
  async isInStory(charId: number): Promise<boolean> {
    const account = await this.#deps.accounts.getFullAccount(charId);
    return account !== null && account.sessions.scenario_id !== null;
  }

  async #startBattle(charId: number, view: StoryView): Promise<StoryReply> {
    const encounter = battleOf(view);
    if (encounter === null) return refused('waits');
    const started = await this.#deps.wild.start(charId, encounter);
    if (started === 'fights') return { kind: 'fights' };
    if (started === 'busy' || started === 'draining') return { kind: started };
    if (started === 'ended') return refused('ended');
    return { kind: 'shown', view, done: null };
  }

  async #shownNow({ charId, account }: Played): Promise<StoryReply> {
    const earnings = await this.#deps.journey.read(charId, account);
    if (earnings === null) return { kind: 'missing' };
    if (earnings === 'unavailable') return { kind: 'unavailable' };
    return this.#shown(account, earnings);
  }

  async #shown(account: AccountContext, earnings: Earnings): Promise<StoryReply> {
    await this.#copy(account, earnings);
    const view = viewOf(earnings);
    if (view === null || view.session.paused) return refused('none');
    return { kind: 'shown', view, done: null };
  }

  async #step({ charId, account }: Played, rule: rules.StoryRule): Promise<StoryReply> {
    const { clock, entropy, journey } = this.#deps;
    const tap = { nowMs: clock.now(), id: entropy.id() };
    const decided: { last: Decided | null } = { last: null };
    const reply = await journey.step(charId, (before): Decision<StoryNo> => {
      const decision = rule(before, tap);
      if (decision.kind === 'refused') return decision;
      decided.last = { before, outcome: decision.outcome, nowMs: tap.nowMs };
      return { kind: 'change', change: decision.change };
    });
    if (reply.kind === 'refused') {
      await this.#copy(account, reply.earnings);
      return refused(reply.reason);
    }
    if (reply.kind !== 'changed') return reply;
    if (decided.last === null) return { kind: 'unavailable' };
    return this.#done({ charId, account }, decided.last, reply.earnings);
  }

  async #done(
    { charId, account }: Played,
    { before, outcome, nowMs }: Decided,
    after: Earnings,
  ): Promise<StoryReply> {
    await this.#copy(account, after);
    const regained = restedPercent(before.journey.travel, nowMs);
    const { accounts } = this.#deps;
    const vitals = await heal(accounts, { charId, stats: account.stats }, { regained, given: 0 });
    const isRaised = Object.keys(outcome.raise).length > 0;
    if (isRaised) await grow(accounts, { charId, stats: account.stats });
    const points = await this.#health(charId, vitals.hp, outcome.health);
    const done = { ...outcome, before, after, points };
    const view = viewOf(after);
    if (view === null) return { kind: 'over', done };
    return { kind: 'shown', view, done };
  }

  /** Damage never kills. Answers the points that were won or, below zero, lost. */
  async #health(charId: number, hp: Stats['hp'], percent: number): Promise<number> {
    const share = Math.floor((hp.max * Math.abs(percent)) / 100);
    const [lacking, spare] = [hp.max - hp.cur, Math.max(0, hp.cur - 1)];
    const points = percent > 0 ? Math.min(share, lacking) : 0 - Math.min(share, spare);
    const { accounts } = this.#deps;
    await ifLive(async () => {
      if (points > 0) await accounts.applyHealing(charId, 'hp', points);
      if (points < 0) await accounts.applyDamage(charId, 'hp', -points);
    });
    return points;
  }

  async #copy(account: AccountContext, earnings: Earnings): Promise<void> {
    await copyLocation(this.#deps.accounts, account, earnings);
    await copyStory(this.#deps.accounts, account, earnings);
  }
}

/** Whether a session may be in a story: also one that has missed the step into it. */
export function isSessionInStory({ state, sessions }: AccountContext): boolean {
  return sessions.scenario_id !== null || state === 'SCENARIO';
}

function viewOf(earnings: Earnings): StoryView | null {
  const story = rules.storyOf(earnings);
  const hero = rules.heroIn(earnings);
  return story === null || hero === null ? null : { ...story, hero };
}

/** Null: the story waits for no battle. */
function battleOf({ scenario, session }: StoryView): Encounter | null {
  const { waits, node } = session;
  if (waits.for !== 'battle' || waits.id === undefined) return null;
  const at = nodeOf(scenario, node);
  const choice = 'choices' in at ? at.choices[waits.choice] : undefined;
  if (choice === undefined || !('battle' in choice)) return null;
  return { id: waits.id, monster: choice.battle };
}

function refused(reason: StoryNo): StoryReply {
  return { kind: 'refused', reason };
}

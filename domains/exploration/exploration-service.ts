import type { PlaceId } from '../../resources/numbers/places.ts';
import type { Stats } from '../account/account-context.ts';
import { ifLive } from '../account/account-store.ts';
import type { Played } from '../account/login-service.ts';
import type { WildBattles } from '../combat/wild-battles.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import type { Earnings } from '../inventory/journey.ts';
import type { JourneyService } from '../inventory/journey-service.ts';
import { EVERYTHING, type LiveAccounts, copyLocation, copyStory, heal } from './live-session.ts';
import { addedStacks } from './materials.ts';
import { healedStats, restedPercent } from './rested.ts';
import type { FightReply, LookReply, NoWorld, WorldEvent, WorldReply } from './world-reply.ts';
import * as rules from './world-rules.ts';
import { worldDone, worldView } from './world-view.ts';

export interface ExplorationDeps {
  readonly journey: Pick<JourneyService, 'read' | 'step' | 'findGrant'>;
  readonly accounts: LiveAccounts;
  readonly wild: WildBattles;
  readonly clock: Clock;
  readonly entropy: Entropy;
}

/** What screens ask. Each step takes the version of the journey that its button was shown for. */
export interface Exploration {
  /** Repairs a session that missed a step. */
  look(who: Played): Promise<LookReply>;
  go(who: Played, to: PlaceId, version: number): Promise<WorldReply>;
  search(who: Played, version: number): Promise<WorldReply>;
  gather(who: Played, version: number): Promise<WorldReply>;
  rest(who: Played, version: number): Promise<WorldReply>;
  heal(who: Played, version: number): Promise<WorldReply>;
  avoid(who: Played, version: number): Promise<WorldReply>;
  run(who: Played, version: number): Promise<WorldReply>;
  examine(who: Played, version: number): Promise<WorldReply>;
  fight(who: Played, version: number): Promise<FightReply>;
  sellMaterials(who: Played, version: number): Promise<WorldReply>;
}

/** What a step adds to the vitals beside what has come back: so many percent, or everything. */
type Healing = (earnings: Earnings) => number;
type Tell = (before: Earnings, after: Earnings, vitals: Stats) => WorldEvent;

interface Step {
  readonly rule: rules.WorldRule;
  readonly tell: Tell;
  readonly healing?: Healing;
}

type Stepped =
  | { readonly kind: 'changed'; readonly before: Earnings; readonly after: Earnings; vitals: Stats }
  | Exclude<WorldReply, { readonly kind: 'done' }>;

/** Each step is one transaction, and reaches the live session after it. */
export class ExplorationService implements Exploration {
  readonly #deps: ExplorationDeps;

  constructor(deps: ExplorationDeps) {
    this.#deps = deps;
  }

  async look({ charId, account }: Played): Promise<LookReply> {
    const { journey, clock } = this.#deps;
    const earnings = await journey.read(charId, account);
    if (earnings === null) return { kind: 'missing' };
    if (earnings === 'unavailable') return { kind: 'unavailable' };
    await copyLocation(this.#deps.accounts, account, earnings);
    await copyStory(this.#deps.accounts, account, earnings);
    const nowMs = clock.now();
    const percent = restedPercent(earnings.journey.travel, nowMs);
    return {
      kind: 'shown',
      view: worldView(earnings, healedStats(account.stats, percent), nowMs),
    };
  }

  async go(who: Played, to: PlaceId, version: number): Promise<WorldReply> {
    const tell: Tell = (before, after) => ({
      kind: 'moved',
      from: before.journey.travel.location,
      xp: after.journey.xp - before.journey.xp,
    });
    return this.#step(who, version, { rule: rules.go(to), tell });
  }

  async search(who: Played, version: number): Promise<WorldReply> {
    return this.#step(who, version, { rule: rules.search, tell: () => ({ kind: 'searched' }) });
  }

  async gather(who: Played, version: number): Promise<WorldReply> {
    const tell: Tell = (before, after) => ({
      kind: 'gathered',
      materials: addedStacks(before.stacks, after.stacks),
    });
    return this.#step(who, version, { rule: rules.gather, tell });
  }

  async rest(who: Played, version: number): Promise<WorldReply> {
    const tell: Tell = (_before, _after, { hp }) => ({
      kind: 'rested',
      health: hp.cur - who.account.stats.hp.cur,
    });
    return this.#healing(who, version, { rule: rules.rest, tell, healing: rules.restPercent });
  }

  async heal(who: Played, version: number): Promise<WorldReply> {
    const tell: Tell = (before, after) => ({
      kind: 'healed',
      gold: before.journey.gold - after.journey.gold,
    });
    return this.#healing(who, version, { rule: rules.heal, tell, healing: () => EVERYTHING });
  }

  async avoid(who: Played, version: number): Promise<WorldReply> {
    return this.#step(who, version, { rule: rules.avoid, tell: () => ({ kind: 'avoided' }) });
  }

  async run(who: Played, version: number): Promise<WorldReply> {
    return this.#step(who, version, { rule: rules.run, tell: () => ({ kind: 'escaped' }) });
  }

  async examine(who: Played, version: number): Promise<WorldReply> {
    return this.#step(who, version, { rule: rules.examine, tell: () => ({ kind: 'examined' }) });
  }

  async sellMaterials(who: Played, version: number): Promise<WorldReply> {
    const tell: Tell = (before, after) => ({
      kind: 'sold',
      materials: addedStacks(after.stacks, before.stacks),
      gold: after.journey.gold - before.journey.gold,
    });
    return this.#step(who, version, { rule: rules.sellMaterials, tell });
  }

  /** The vitals of the session are as of now before the battle begins with them. */
  async fight(who: Played, version: number): Promise<FightReply> {
    const stepped = await this.#stepped(who, version, { rule: rules.fight });
    if (stepped.kind !== 'changed') return stepped;
    const { after, vitals } = stepped;
    const { encounter } = after.journey.travel;
    if (encounter === null) return { kind: 'unavailable' };
    const { id, monster } = encounter;
    const started = await this.#deps.wild.start(who.charId, { id, monster });
    if (started === 'fights') return { kind: 'fights', battleId: id };
    if (started === 'busy' || started === 'draining') return { kind: started };
    if (started === 'not_ready') return { kind: 'unavailable' };
    const view = worldView(after, vitals, this.#deps.clock.now());
    return { kind: 'refused', reason: 'ended', view };
  }

  /** An empty write comes first: while Redis refuses writes it fails, before anything is paid. */
  async #healing(who: Played, version: number, step: Step): Promise<WorldReply> {
    await ifLive(async () => {
      await this.#deps.accounts.applyHealing(who.charId, 'hp', 0);
    });
    return this.#step(who, version, step);
  }

  async #step(who: Played, version: number, step: Step): Promise<WorldReply> {
    const stepped = await this.#stepped(who, version, step);
    if (stepped.kind !== 'changed') return stepped;
    const { before, after, vitals } = stepped;
    const done = worldDone(step.tell(before, after, vitals), before, after);
    return { kind: 'done', done, view: worldView(after, vitals, this.#deps.clock.now()) };
  }

  async #stepped(
    { charId, account }: Played,
    version: number,
    { rule, healing = () => 0 }: Pick<Step, 'rule' | 'healing'>,
  ): Promise<Stepped> {
    const { clock, entropy, journey } = this.#deps;
    const [nowMs, id] = [clock.now(), entropy.id()];
    const seen: { before: Earnings | null } = { before: null };
    const reply = await journey.step(charId, (earnings) => {
      seen.before = earnings;
      const percent = restedPercent(earnings.journey.travel, nowMs);
      const vitals = healedStats(account.stats, percent);
      return rules.worldStep(rule, version, { nowMs, id, vitals })(earnings);
    });
    switch (reply.kind) {
      case 'changed': {
        const { earnings: after } = reply;
        const before = seen.before ?? after;
        await copyLocation(this.#deps.accounts, account, after);
        const regained = restedPercent(before.journey.travel, nowMs);
        const percent = { regained, given: healing(before) };
        const vitals = await heal(this.#deps.accounts, { charId, stats: account.stats }, percent);
        return { kind: 'changed', before, after, vitals };
      }
      case 'refused': {
        await copyLocation(this.#deps.accounts, account, reply.earnings);
        const { travel } = reply.earnings.journey;
        const vitals = healedStats(account.stats, restedPercent(travel, nowMs));
        return {
          kind: 'refused',
          reason: reply.reason,
          view: worldView(reply.earnings, vitals, nowMs),
        };
      }
      default:
        return reply satisfies NoWorld;
    }
  }
}

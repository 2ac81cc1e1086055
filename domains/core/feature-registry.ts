import { type ActionSchema, actionSpecsOf } from './action-schema.ts';
import {
  type Command,
  type Feature,
  type Player,
  type TapReads,
  type TypedText,
  presentOrder,
} from './feature.ts';
import type { Reply } from './reply.ts';
import type { ActionShape, UiPayload } from './ui-payload.ts';

export type HiddenCommand = Command & Required<Pick<Command, 'isKnownTo'>>;

export class FeatureRegistry<P extends Player> {
  /** Those that everybody knows. */
  readonly commands: readonly Command[];
  /** Those that only some users know. */
  readonly hiddenCommands: readonly HiddenCommand[];
  readonly schemas: readonly ActionSchema[];
  readonly #features: readonly Feature<P>[];
  readonly #byAction: ReadonlyMap<string, Feature<P>>;
  readonly #typed: ReadonlyMap<string, TypedText<P>>;

  /** Throws if two features claim the same action, command or typed text. */
  constructor(features: readonly Feature<P>[]) {
    const typed = features.flatMap((one) => one.typed ?? []);
    this.#features = features;
    const commands = features.flatMap((one) => one.commands ?? []);
    this.commands = commands.filter(({ isKnownTo }) => isKnownTo === undefined);
    this.hiddenCommands = commands.filter(isHidden);
    this.schemas = features.map((one) => one.actions);
    this.#byAction = distinct(
      features.flatMap((one) => actionSpecsOf(one.actions).map(({ name }) => [name, one] as const)),
    );
    this.#typed = distinct(typed.map((one) => [one.asks, one] as const));
    distinct(commands.map((one) => [one.name, one] as const));
  }

  /** Throws for an unknown action: the callback data codec never lets one through. */
  async act(player: P, action: ActionShape): Promise<Reply> {
    const feature = this.#byAction.get(action.action);
    if (feature === undefined) throw new RangeError(`No feature handles ${action.action}`);
    return feature.act(player, action);
  }

  /** Null if no feature asks for such a text. */
  async handleTyped(
    player: P,
    { asks, typed }: { asks: string; typed: string },
  ): Promise<Reply | null> {
    return (await this.#typed.get(asks)?.handle(player, typed)) ?? null;
  }

  asksFor(asks: string): boolean {
    return this.#typed.has(asks);
  }

  isReadOnly(action: ActionShape): boolean {
    return this.#byAction.get(action.action)?.readOnly?.includes(action.action) === true;
  }

  changesPlayer(action: ActionShape): boolean {
    return this.#byAction.get(action.action)?.changesPlayer?.includes(action.action) === true;
  }

  readsOf(action: ActionShape): TapReads | null {
    return this.#byAction.get(action.action)?.reads?.[action.action] ?? null;
  }

  async occupies(charId: number): Promise<boolean> {
    for (const { occupies } of this.#features) if (await occupies?.(charId)) return true;
    return false;
  }

  /** The current screen, from the first owner in `presentOrder` that has one. */
  async present(player: P): Promise<UiPayload> {
    for (const owner of presentOrder) {
      for (const { present } of this.#features) {
        const screen = (await present?.[owner]?.(player)) ?? null;
        if (screen !== null) return screen;
      }
    }
    throw new Error(`No feature has a screen for user ${player.userId}`);
  }
}

function isHidden(command: Command): command is HiddenCommand {
  return command.isKnownTo !== undefined;
}

function distinct<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  const map = new Map(entries);
  if (map.size === entries.length) return map;
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index) ?? '';
  throw new Error(`Two features claim ${twice}`);
}

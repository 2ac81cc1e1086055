import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  type BattleRecord,
  battleFormat,
  storedBattleSchema,
} from '../../domains/combat/battle-record.ts';
import type { TurnRules } from '../../domains/combat/battle-session.ts';
import { type ClockedTurn, clockedTurn } from './lost-turns.ts';

/** An append-only file of Redis, or null where Redis lost everything. */
export type WriteFile = string | null;

/** The first version does not store its number. */
const versionSchema = z.looseObject({ schema: z.int().default(1) });

/** Every battle as it was written, also those that Redis has lost. */
export class BattleHistory {
  readonly clockedTurns: ClockedTurn[] = [];
  /** Whether Redis has lost everything at least once. */
  hasLostAll = false;
  /** Writes that are in no file, so that the turns between them are unknown. */
  unseen = 0;
  readonly #rules: TurnRules;
  readonly #latest = new Map<string, BattleRecord>();
  readonly #lost = new Set<string>();
  /** That ended in the format of an older release. */
  readonly #ofOlder = new Set<string>();

  constructor(files: readonly WriteFile[], rules: TurnRules) {
    this.#rules = rules;
    for (const file of files) {
      if (file === null) this.#loseAll();
      else for (const command of commandsIn(readFileSync(file))) this.#apply(command);
    }
  }

  /** Battles that were lost with everything else in Redis before they had ended. */
  get lostRunning(): number {
    return [...this.#lost].filter((id) => this.#latest.get(id)?.endedAtMs === null).length;
  }

  /** The last record of a battle that was lost with everything else in Redis; null for all others. */
  lostBattle(id: string): BattleRecord | null {
    return this.#lost.has(id) ? (this.#latest.get(id) ?? null) : null;
  }

  /** Whether an older release ended it and may have stored it: none reads what this one has written. */
  isOfOlderRelease(id: string): boolean {
    return this.#ofOlder.has(id);
  }

  #apply([name = '', key = '', ...args]: readonly string[]): void {
    if (/^flush(all|db)$/i.test(name)) this.#loseAll();
    if (!/^hset$/i.test(name) || !key.endsWith(':battle')) return;
    const state = args[args.indexOf('state') + 1];
    const stored: unknown = JSON.parse(state ?? 'null');
    const record = storedBattleSchema.nullable().parse(stored);
    if (record !== null) this.#write(record, versionSchema.parse(stored).schema);
  }

  #write(record: BattleRecord, format: number): void {
    const latest = this.#latest.get(record.id);
    // An encounter whose battle was lost is fought again, with the same id.
    const before = latest?.battle.seed === record.battle.seed ? latest : undefined;
    // A replica that took over repeats what its primary wrote.
    if (before !== undefined && before.version >= record.version) return;
    this.unseen += record.version - (before?.version ?? 0) - 1;
    if (before?.version === record.version - 1) {
      const turn = clockedTurn(before, record, this.#rules);
      if (turn !== null) this.clockedTurns.push(turn);
    }
    this.#latest.set(record.id, record);
    if (format < battleFormat.version && record.endedAtMs !== null) this.#ofOlder.add(record.id);
    this.#lost.delete(record.id);
  }

  #loseAll(): void {
    this.hasLostAll = true;
    for (const id of this.#latest.keys()) this.#lost.add(id);
  }
}

const LINE_END = '\r\n';
const count = z.coerce.number().int().min(0);

/** Commands in the protocol of Redis; ends where a killed server left the last one unfinished. */
export function* commandsIn(file: Buffer): Generator<string[]> {
  let at = 0;
  const readNumber = (sign: string): number | null => {
    const end = file.indexOf(LINE_END, at);
    if (end < 0) return null;
    const line = file.toString('latin1', at, end);
    at = end + LINE_END.length;
    // A line that begins with # is a comment.
    if (line.startsWith('#')) return readNumber(sign);
    if (!line.startsWith(sign)) throw new Error(`not an append-only file: ${line.slice(0, 40)}`);
    return count.parse(line.slice(1));
  };
  for (;;) {
    const size = readNumber('*');
    if (size === null) return;
    const parts: string[] = [];
    while (parts.length < size) {
      const length = readNumber('$');
      if (length === null || at + length > file.length) return;
      parts.push(file.toString('utf8', at, at + length));
      at += length + LINE_END.length;
    }
    yield parts;
  }
}

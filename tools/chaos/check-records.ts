import {
  battleSides,
  characterRecords,
  characters,
  pendingHandlers,
} from '../../database/schema.ts';
import type { Database } from '../../database/database.ts';
import { type Violation, violation } from './violation.ts';

const INVARIANT = 'every result counted once';
const noFights = { won: 0, lost: 0, drawn: 0 };

/** Compares the characters' records with the stored results, once no handler is running. */
export async function checkRecords(db: Database): Promise<Violation[]> {
  const sides = await db.select().from(battleSides);
  const records = await db.select().from(characterRecords);
  const known = await db.select({ id: characters.id }).from(characters);
  const pending = await db.select().from(pendingHandlers);
  return [
    ...known.flatMap(({ id }) => {
      const { won, lost, drawn } = records.find((one) => one.character_id === id) ?? noFights;
      const [has, fought] = [
        formatRecord({ won, lost, drawn }),
        formatRecord(resultsOf(id, sides)),
      ];
      return has === fought
        ? []
        : [violation(INVARIANT, `character ${id} has ${has} and fought ${fought}`)];
    }),
    ...pending.map((one) =>
      violation(INVARIANT, `${one.handler} is pending for battle ${one.battle_id}`),
    ),
  ];
}

type SideRow = typeof battleSides.$inferSelect;

/** Battles against a Shadow do not count. */
function resultsOf(charId: number, sides: readonly SideRow[]): typeof noFights {
  const shadows = new Set(
    sides.filter((one) => one.character_id === null).map((one) => one.battle_id),
  );
  const own = sides.filter((one) => one.character_id === charId && !shadows.has(one.battle_id));
  const count = (result: SideRow['result']) => own.filter((one) => one.result === result).length;
  return { won: count('won'), lost: count('lost'), drawn: count('drawn') };
}

function formatRecord({ won, lost, drawn }: typeof noFights): string {
  return `${won}-${lost}-${drawn}`;
}

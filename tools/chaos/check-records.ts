import {
  battleSides,
  characterRecords,
  characters,
  pendingHandlers,
} from '../../database/schema.ts';
import type { Database } from '../../database/database.ts';
import { type Violation, violation } from './violation.ts';

const RULE = 'every result counted once';
const nothing = { won: 0, lost: 0, drawn: 0 };

/** Records of characters against the results that are stored, when nothing is under way. */
export async function checkRecords(db: Database): Promise<Violation[]> {
  const sides = await db.select().from(battleSides);
  const records = await db.select().from(characterRecords);
  const known = await db.select({ id: characters.id }).from(characters);
  const pending = await db.select().from(pendingHandlers);
  return [
    ...known.flatMap(({ id }) => {
      const { won, lost, drawn } = records.find((one) => one.character_id === id) ?? nothing;
      const [has, fought] = [inWords({ won, lost, drawn }), inWords(foughtBy(id, sides))];
      return has === fought
        ? []
        : [violation(RULE, `character ${id} has ${has} and fought ${fought}`)];
    }),
    ...pending.map((one) =>
      violation(RULE, `${one.handler} is pending for battle ${one.battle_id}`),
    ),
  ];
}

type SideRow = typeof battleSides.$inferSelect;

/** Against other characters. */
function foughtBy(charId: number, sides: readonly SideRow[]): typeof nothing {
  const shadows = new Set(
    sides.filter((one) => one.character_id === null).map((one) => one.battle_id),
  );
  const own = sides.filter((one) => one.character_id === charId && !shadows.has(one.battle_id));
  const count = (result: SideRow['result']) => own.filter((one) => one.result === result).length;
  return { won: count('won'), lost: count('lost'), drawn: count('drawn') };
}

function inWords({ won, lost, drawn }: typeof nothing): string {
  return `${won}-${lost}-${drawn}`;
}

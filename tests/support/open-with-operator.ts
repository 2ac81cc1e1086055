import { adminActions } from '../../database/schema-admin.ts';
import { makeCharacter } from './duel-steps.ts';
import { openDurableArena } from './durable-arena.ts';

type Durable = Awaited<ReturnType<typeof openDurableArena>>;

/** The first person of a sandbox. */
const OPERATOR = 5_000_000_001;
const names = { en: ['Anna', 'Bob'], ru: ['Анна', 'Богдан'] } as const;

/** An operator, whose screens are English, and two players. */
export async function openWithOperator(language: 'en' | 'ru') {
  const durable = await openDurableArena({ ARENA_ADMINS: String(OPERATOR) });
  const { open } = durable;
  const operator = open.newPlayer('Operator');
  const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
  const [annName, bobName] = names[language];
  await makeCharacter(ann, { name: annName });
  await makeCharacter(bob, { name: bobName, gender: 'male', archetype: 'duelist' });
  return { ...durable, ann, bob, operator };
}

/** What operators have done. */
export async function actionsIn({ db }: Pick<Durable, 'db'>): Promise<unknown> {
  const { action, target } = adminActions;
  return db.select({ action, target }).from(adminActions).orderBy(adminActions.id);
}

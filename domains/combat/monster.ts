import { z } from 'zod';
import { monsterIds } from '../../resources/numbers/monsters.ts';

export { monsterIds };
export const monsterSchema = z.enum(monsterIds);
export type Monster = z.infer<typeof monsterSchema>;

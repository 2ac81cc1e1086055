import { z } from 'zod';
import { placeIds } from '../../resources/numbers/places.ts';

/** The version of the journey that the button was made with. */
const version = z.int().min(0);

/** The order of the fields is what buttons in old chats carry: it stays. */
export const worldActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('world') }),
  z.strictObject({ action: z.literal('world.map') }),
  z.strictObject({ action: z.literal('world.picture') }),
  z.strictObject({
    action: z.literal('world.go'),
    value: z.strictObject({ to: z.enum(placeIds), version }),
  }),
  z.strictObject({ action: z.literal('world.search'), value: version }),
  z.strictObject({ action: z.literal('world.gather'), value: version }),
  z.strictObject({ action: z.literal('world.rest'), value: version }),
  z.strictObject({ action: z.literal('world.heal'), value: version }),
  z.strictObject({ action: z.literal('world.sell'), value: version }),
  z.strictObject({ action: z.literal('world.fight'), value: version }),
  z.strictObject({ action: z.literal('world.avoid'), value: version }),
  z.strictObject({ action: z.literal('world.run'), value: version }),
  z.strictObject({ action: z.literal('world.examine'), value: version }),
]);
export type WorldAction = z.infer<typeof worldActionSchema>;

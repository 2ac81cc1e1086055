import type { combat as english } from '../en/combat.ts';

export const combat: Readonly<Record<keyof typeof english, string>> = {};

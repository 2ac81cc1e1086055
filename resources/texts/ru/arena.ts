import type { arena as english } from '../en/arena.ts';

export const arena: Readonly<Record<keyof typeof english, string>> = {};

import type { bot as english } from '../en/bot.ts';

export const bot: Readonly<Record<keyof typeof english, string>> = {};

import { text, type Text } from '../core/text.ts';
// temporary: replaced by the combat helper
export function narrate(_event: unknown, _names: unknown): Text { return text('arena.menu.title'); }

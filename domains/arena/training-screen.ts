import { shadowNumbers } from '../../resources/numbers/shadow.ts';
import type { ShadowLevel } from '../combat/battle.ts';
import { levelsUpTo } from '../combat/shadow.ts';
import { levelLines } from '../combat/training-lines.ts';
import type { Mode } from '../core/mode.ts';
import { text } from '../core/text.ts';
import type { Button } from '../core/ui-payload.ts';
import type { ArenaAction } from './arena-action.ts';
import type { ArenaPayload } from './arena-screens.ts';

/** The levels of the Shadow that can be trained with. `reached`: null if it is not known now. */
export function trainingScreen(mode: Mode, reached: ShadowLevel | null): ArenaPayload {
  const levels = levelsUpTo(reached ?? 'master');
  return {
    screen: 'training',
    mode,
    title: text('arena.training.title'),
    body: [
      text('arena.training.body'),
      null,
      ...levels.flatMap((level) => levelLines(level, shadowNumbers[level].health)),
    ],
    buttons: [
      levels.map((level) => levelButton(mode, level, level === reached)),
      [{ label: text('arena.button.back'), action: 'arena.menu' }],
    ],
  };
}

function levelButton(mode: Mode, level: ShadowLevel, isOwn: boolean): Button<ArenaAction> {
  const label = text(`arena.training.level.${level}`);
  const button = { label, action: 'arena.train', mode, value: level } as const;
  return isOwn ? { ...button, style: 'primary' } : button;
}

import type { Rules } from '../rules.ts';
import { RULES, forfeit, resolveExchange, startBattle } from './engine.ts';
import { costOf, defaultMove, isLegal, legalTechniques } from './legal-moves.ts';
import { monsterMove } from './policy/monster-moves.ts';
import { shadowMoves } from './policy/shadow-moves.ts';

export const rules1: Rules = {
  version: RULES,
  startBattle,
  resolveExchange,
  forfeit,
  legalTechniques,
  isLegal,
  defaultMove,
  costOf,
  shadowMoves,
  monsterMove,
};

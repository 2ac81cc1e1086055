import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { combatHelp } from '../../../domains/combat/combat-facts.ts';
import { factsOf } from '../../../domains/combat/rules/rule-facts.ts';
import { UnknownRulesError, knownRules } from '../../../domains/combat/rules/rules-of.ts';
import { combatNumbers } from '../../../domains/combat/rules/v1/numbers.ts';
import type { Language } from '../../../resources/texts/index.ts';

function help(language: Language): string[] {
  const translator = new Translator(language, { clientTime: false });
  return combatHelp(1).flatMap((line) =>
    line === null
      ? []
      : [
          translator
            .html(line)
            .replaceAll(/<[^>]*>/g, '')
            .replaceAll('\u00a0', ' '),
        ],
  );
}

test('every known version of the rules has facts', () => {
  for (const version of knownRules) expect(Object.keys(factsOf(version).zones)).toHaveLength(4);
  expect(() => factsOf(99)).toThrow(UnknownRulesError);
});

describe('the help', () => {
  test('has the numbers of every zone, guard and effect from the rules', () => {
    const lines = help('en').join('\n');
    for (const { damage, stamina, miss, effect, control } of Object.values(combatNumbers.zones)) {
      const caused = effect === null ? '' : `, ${effect} ${control * 100}%`;
      const percent = Math.round(miss * 100);
      expect(lines).toContain(`damage ×${damage}, miss ${percent}%, ⚡ ${stamina}${caused}`);
    }
    for (const cost of Object.values(combatNumbers.guards)) expect(lines).toContain(`, ⚡ ${cost}`);
    expect(lines).toContain(`dazed: miss chance +${combatNumbers.effects.dazed.miss * 100}%`);
    expect(lines).toContain(`daunted: damage ×${combatNumbers.effects.daunted.damage}`);
  });

  test('is natural in Russian', () => {
    expect(help('ru')).toEqual([
      'Зоны — между равными бойцами',
      '🗡 Голова: урон ×1,5, промах 13 %, ⚡ 13, оглушение 35 %',
      '🗡 Грудь: урон ×1,45, промах 4 %, ⚡ 12',
      '🗡 Живот: урон ×1,3, промах 5 %, ⚡ 11, одышка 40 %',
      '🗡 Ноги: урон ×0,92, промах 3 %, ⚡ 8, хромота 40 %',
      '🛡 Верх: голова + грудь, ⚡ 3',
      '🛡 Центр: грудь + живот, ⚡ 2',
      '🛡 Низ: живот + ноги, ⚡ 3',
      '🥱 Не хватает ⚡ на удар и защиту: урон ×0,5, защита держит ×0,6',
      'Эффекты — до конца следующего раунда',
      '💫 оглушение: шанс промаха +20 %, парирования ×0,5',
      '😮‍💨 одышка: сразу −8 ⚡, выносливость не восстанавливается',
      '🦵 хромота: удар позже, уклониться нельзя',
      '😨 робость: урон ×0,8',
      '🔥 ярость: урон ×1,2, длится три раунда',
    ]);
  });
});

import type { monsters as english } from '../en/monsters.ts';

export const monsters: Readonly<Record<keyof typeof english, string>> = {
  'monster.straw_man.name': 'Соломенное чучело',
  'monster.rat.name': 'Крыса',
  'monster.wild_dog.name': 'Дикий пёс',
  'monster.poacher.name': 'Браконьер',
  'monster.wolf.name': 'Волк',
  'monster.bandit.name': 'Разбойник',
  'monster.marsh_hag.name': 'Болотная карга',
  'monster.bear.name': 'Медведь',
  'monster.pack_leader.name': 'Вожак стаи',
  'monster.revenant.name': 'Неупокоенный',
  'monster.ash_thrall.name': 'Пепельный раб',
  'monster.gate_knight.name': 'Рыцарь врат',
  'monster.titan_guard.name': 'Страж титана',
};

import { beforeAll, describe, expect, test } from 'vitest';
import { COUNTED_BATTLES_A_DAY, arenaRewards } from '../../resources/numbers/levels.ts';
import { sumOf } from '../../tools/world/life-person.ts';
import { lifeTables } from '../../tools/world/life-tables.ts';
import { type LifeReport, simulateLife } from '../../tools/world/life.ts';

const options = { characters: 24, days: 5, seed: 3 };

describe('simulateLife', () => {
  let report: LifeReport;
  beforeAll(async () => {
    report = await simulateLife(options);
  });

  test('is the same for the same seed, and different for another', async () => {
    const { entries } = report;
    expect((await simulateLife(options)).entries).toEqual(entries);
    expect((await simulateLife({ ...options, seed: 4 })).entries).not.toEqual(entries);
  });

  test('adds up: gold, scrap, experience and items of each character are those of its entries', async () => {
    for (const person of report.people) {
      const { journey, items } = await person.earnings();
      const { entries } = person;
      expect({
        gold: sumOf(entries.map(({ gold }) => gold)),
        scrap: sumOf(entries.map(({ scrap }) => scrap)),
        xp: sumOf(entries.map(({ xp }) => xp)),
      }).toEqual({ gold: journey.gold, scrap: journey.scrap, xp: journey.xp });
      expect(items.length).toBeLessThanOrEqual(entries.flatMap((line) => line.items).length);
    }
    expect(report.entries.flatMap((line) => line.items).length).toBeGreaterThan(0);
  });

  test('pays nobody for more battles of a day than are counted', () => {
    for (const { entries } of report.people) {
      for (let day = 1; day <= options.days; day += 1) {
        const paid = entries.filter(
          (one) => one.source === 'duels' && one.day === day && one.xp > 0,
        );
        expect(paid.length).toBeLessThanOrEqual(COUNTED_BATTLES_A_DAY);
        expect(sumOf(paid.map(({ gold }) => gold))).toBeLessThanOrEqual(
          COUNTED_BATTLES_A_DAY * arenaRewards.won.gold,
        );
      }
    }
  });

  test('has a standing of each character for each day, and what was bought raises the GearScore', () => {
    expect(report.standings).toHaveLength(options.characters * options.days);
    const meanOn = (day: number) => {
      const all = report.standings.filter((one) => one.day === day);
      return sumOf(all.map(({ gearScore }) => gearScore)) / all.length;
    };
    expect(meanOn(options.days)).toBeGreaterThan(meanOn(1));
  });

  test('walks earn gold, experience and items, and few of their fights are lost', () => {
    const wild = report.entries.filter(({ source }) => source === 'wild');
    expect(sumOf(wild.map(({ gold }) => gold))).toBeGreaterThan(0);
    expect(sumOf(wild.map(({ xp }) => xp))).toBeGreaterThan(0);
    expect(wild.flatMap((line) => line.items).length).toBeGreaterThan(0);
    expect(report.wildFights).toBeGreaterThan(options.characters);
    expect(report.defeats / report.wildFights).toBeLessThan(0.1);
  });

  test('the tables have a row for each source, day and target', () => {
    const tables = lifeTables(report);
    for (const part of [
      '| shop ',
      '| day 5 ',
      'level after 5 days',
      '24 characters, 5 days, seed 3',
    ])
      expect(tables).toContain(part);
  });
});

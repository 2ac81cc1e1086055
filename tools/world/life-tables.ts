import { rarityNames } from '../../domains/inventory/item.ts';
import { markdownTable } from '../bench/print-table.ts';
import { Sample } from '../bench/sample.ts';
import { sources, sumOf } from './life-person.ts';
import type { LifeReport, Standing } from './life.ts';

/** Of the whole world; scenarios will add a little. */
const targets = { gold: [60, 90], items: [1.5, 2.5], level: [7, 8] } as const;

/** Means of a character and a day, the curve of levels and GearScores, and what the targets still lack. */
export function lifeTables(report: LifeReport): string {
  const { characters, days, seed } = report.options;
  return [
    `${characters} characters, ${days} days, seed ${seed}, ${perDay(report, report.battles)} battles a day each`,
    `in the wild a day: ${perDay(report, report.wildFights)} fights, ${perDay(report, report.defeats)} defeats, ${perDay(report, report.walkedMs / 60_000)} minutes\n`,
    `${sourceTable(report)}\n`,
    `${curveTable(report)}\n`,
    targetTable(report),
  ].join('\n');
}

function sourceTable(report: LifeReport): string {
  const rows = sources.map((source) => {
    const lines = report.entries.filter((line) => line.source === source);
    const items = lines.flatMap((line) => line.items);
    return [
      source,
      perDay(report, sumOf(lines.map(({ gold }) => gold))),
      perDay(report, sumOf(lines.map(({ scrap }) => scrap))),
      perDay(report, sumOf(lines.map(({ xp }) => xp))),
      ...rarityNames.map((rarity) => perDay(report, items.filter((one) => one === rarity).length)),
    ];
  });
  return markdownTable(['a day from', 'gold', 'scrap', 'XP', ...rarityNames], rows);
}

function curveTable({ options, standings }: LifeReport): string {
  const shown = Array.from({ length: options.days }, (_, index) => index + 1);
  const rows = shown.map((day) => {
    const all = standings.filter((one) => one.day === day);
    const spread = (of: (one: Standing) => number) => {
      const sample = new Sample(all.map(of));
      return [0.1, 0.5, 0.9].map((share) => sample.at(share).toFixed(0)).join(' / ');
    };
    return [
      ...[`day ${day}`, spread(({ level }) => level), spread(({ gearScore }) => gearScore)],
      spread(({ gold }) => gold),
    ];
  });
  const head = ['p10 / p50 / p90', 'level', 'GearScore', 'gold in hand'];
  return markdownTable(head, rows);
}

function targetTable(report: LifeReport): string {
  const { entries, standings, options } = report;
  const earned = sumOf(entries.map(({ gold }) => Math.max(0, gold)));
  const items = sumOf(entries.map((line) => line.items.length));
  const last = standings.filter(({ day }) => day === options.days).map(({ level }) => level);
  const rows = [
    row('gold earned a day', Number(perDay(report, earned)), targets.gold),
    row('items a day', Number(perDay(report, items)), targets.items),
    row(`level after ${options.days} days, mean`, sumOf(last) / last.length, targets.level),
  ];
  return markdownTable(['', 'here', 'target', 'left for the rest'], rows);
}

function row(what: string, here: number, [from, to]: readonly [number, number]): string[] {
  const left = [from, to].map((limit) => Math.max(0, limit - here).toFixed(1)).join('–');
  return [what, here.toFixed(1), `${from}–${to}`, left];
}

function perDay({ options }: LifeReport, sum: number): string {
  return (sum / options.characters / options.days).toFixed(2);
}

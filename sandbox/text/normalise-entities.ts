import { endOf, sortEntities, traitsOf } from './entity.ts';
import type { Entity, EntityType } from './entity.ts';

/**
 * Puts entities into the form Telegram keeps. Blocks hold no blocks and quotes no quotes (the earlier, longer one
 * stays), a block does not cross the edge of a quote, and a style is merged with its like, cut at the edges of blocks
 * and quotes and where another style begins, and left out inside code, pre and date_time.
 */
export function normaliseEntities(entities: readonly Entity[]): Entity[] {
  const sorted = sortEntities(entities.filter((entity) => entity.length > 0));
  const ofKind = (kind: string) => sorted.filter((entity) => traitsOf(entity).kind === kind);
  const quotes = withoutOverlaps(ofKind('quote'));
  const blocks = withoutOverlaps(ofKind('block')).filter((block) => !crossesQuote(block, quotes));
  const whole = [...quotes, ...blocks];
  return sortEntities([...whole, ...cutStyles(mergeStyles(ofKind('style')), whole)]);
}

/** Adds entities that were found in the text itself, where they do not run into what was asked for. */
export function addFoundEntities(asked: readonly Entity[], found: readonly Entity[]): Entity[] {
  const blocks = asked.filter((entity) => traitsOf(entity).kind === 'block');
  const free = found.filter((entity) => !blocks.some((block) => overlap(block, entity)));
  return normaliseEntities([...asked, ...free]);
}

function overlap(one: Entity, other: Entity): boolean {
  return one.offset < endOf(other) && other.offset < endOf(one);
}

function withoutOverlaps(sorted: readonly Entity[]): Entity[] {
  const kept: Entity[] = [];
  let end = 0;
  for (const entity of sorted) {
    if (entity.offset < end) continue;
    kept.push(entity);
    end = endOf(entity);
  }
  return kept;
}

function crossesQuote(block: Entity, quotes: readonly Entity[]): boolean {
  return quotes.some(
    (quote) =>
      overlap(block, quote) && (block.offset < quote.offset || endOf(block) > endOf(quote)),
  );
}

function mergeStyles(sorted: readonly Entity[]): Entity[] {
  const open = new Map<EntityType, Entity>();
  const merged: Entity[] = [];
  for (const style of sorted) {
    const before = open.get(style.type);
    if (before === undefined || endOf(before) < style.offset) {
      if (before !== undefined) merged.push(before);
      open.set(style.type, style);
    } else {
      const end = Math.max(endOf(before), endOf(style));
      open.set(style.type, { ...before, length: end - before.offset });
    }
  }
  return [...merged, ...open.values()];
}

function cutStyles(styles: readonly Entity[], whole: readonly Entity[]): Entity[] {
  const edges = whole.flatMap((entity) => [entity.offset, endOf(entity)]);
  const cuts = [...edges, ...styles.map((style) => style.offset)].sort((a, b) => a - b);
  const plain = whole.filter((entity) => traitsOf(entity).plain);
  return styles
    .flatMap((style) => pieces(style, cuts))
    .filter((piece) => !plain.some((block) => overlap(block, piece)));
}

function pieces(style: Entity, cuts: readonly number[]): Entity[] {
  const inner = cuts.filter((cut) => cut > style.offset && cut < endOf(style));
  const starts = [style.offset, ...new Set(inner)];
  return starts.map((start, index) => ({
    ...style,
    offset: start,
    length: (starts[index + 1] ?? endOf(style)) - start,
  }));
}

import { LRUCache } from 'lru-cache';

/** The `max` entries used last. With `max` of its own, the cache would take all of its memory at once. */
export function boundedMap<K extends string | number, V extends object | number | string | true>(
  max: number,
): LRUCache<K, V> {
  return new LRUCache<K, V>({ maxSize: max, sizeCalculation: () => 1 });
}

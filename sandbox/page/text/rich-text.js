// @ts-check
/** @import { Entity, RichNode } from '../types.ts' */

/**
 * A text as a tree of its entities. Takes them sorted, the outer before the inner, as the sandbox
 * lists them.
 * @param {string} text
 * @param {readonly Entity[]} entities
 * @returns {RichNode[]}
 */
export function richText(text, entities) {
  return cut({ text, from: 0, to: text.length }, entities);
}

/**
 * @param {{ text: string, from: number, to: number }} range
 * @param {readonly Entity[]} entities
 * @returns {RichNode[]}
 */
function cut(range, entities) {
  const [entity, ...rest] = entities;
  if (entity === undefined) return plain(range.text.slice(range.from, range.to));
  const end = Math.min(entity.offset + entity.length, range.to);
  const within = rest.filter((other) => other.offset < end);
  const after = rest.filter((other) => other.offset >= end);
  return [
    ...plain(range.text.slice(range.from, entity.offset)),
    {
      kind: 'entity',
      entity,
      text: range.text.slice(entity.offset, end),
      children: cut({ text: range.text, from: entity.offset, to: end }, within),
    },
    ...cut({ text: range.text, from: end, to: range.to }, after),
  ];
}

/**
 * @param {string} text
 * @returns {RichNode[]}
 */
function plain(text) {
  return text === '' ? [] : [{ kind: 'text', text }];
}

// @ts-check
/** @import { Fault } from '../types.ts' */
/** @import { Store } from '../state/store.js' */
import { field, select } from '../base/dialog.js';
import { h } from '../base/dom.js';
import { word } from '../text/words.js';

const METHODS = [
  '*',
  'sendMessage',
  'editMessageText',
  'answerCallbackQuery',
  'deleteMessage',
  'sendPhoto',
  'getUpdates',
];

/**
 * The form for a fault that no switch stands for.
 * @param {Store} store
 * @param {(fault: Fault) => void} onAdd
 */
export function faultForm(store, onAdd) {
  const parts = controls(store);
  const { method, kind, share, times, player, seconds, code, delay, when } = parts;
  const details = h('div', { class: 'field-row' });
  const show = () => {
    details.replaceChildren(...detailFields(parts));
  };
  kind.addEventListener('change', show);
  show();
  const form = h(
    'form',
    { class: 'fault-form' },
    h('div', { class: 'field-row' }, field(word('kind'), kind), field(word('method'), method)),
    details,
    h('div', { class: 'field-row' }, field(word('share'), share), field(word('times'), times)),
    h(
      'div',
      { class: 'field-row' },
      field(word('player'), player),
      h('button', { type: 'submit', class: 'strong' }, word('add')),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onAdd({
      method: method.value,
      kind: kind.value,
      times: times.value === '' ? null : Number(times.value),
      ...(share.value === '100' ? {} : { share: Number(share.value) / 100 }),
      ...(player.value === '' ? {} : { chat_id: Number(player.value) }),
      ...effect(kind.value, { seconds, code, delay, when }),
    });
  });
  return form;
}

/** @param {Store} store */
function controls(store) {
  const people = store.people.map(
    ({ id, first_name: name }) => /** @type {const} */ ([String(id), name]),
  );
  return {
    method: select(
      METHODS.map((method) => [method, method]),
      'sendMessage',
    ),
    kind: select(
      [
        ['flood', word('kindFlood')],
        ['error', word('kindError')],
        ['reset', word('kindReset')],
        ['slow', word('kindSlow')],
      ],
      'flood',
    ),
    share: number(100, { min: 1, max: 100 }),
    times: number(1, { min: 1 }),
    player: select([['', word('allPlayers')], ...people], ''),
    seconds: number(3, { min: 1 }),
    code: number(502, { min: 400, max: 599 }),
    delay: number(2000, { min: 1 }),
    when: h('select', {}),
  };
}

/** @param {ReturnType<typeof controls>} parts */
function detailFields({ kind, seconds, code, delay, when }) {
  const first = kind.value === 'error' ? 'instead' : 'before';
  const choices = /** @type {const} */ ([
    [first, word(first)],
    ['after', word('after')],
  ]);
  when.replaceChildren(...select(choices, first).options);
  when.value = first;
  switch (kind.value) {
    case 'flood':
      return [field(word('seconds'), seconds)];
    case 'error':
      return [field(word('code'), code), field(word('when'), when)];
    case 'slow':
      return [field(word('delay'), delay), field(word('when'), when)];
    default:
      return [field(word('when'), when)];
  }
}

/**
 * @param {string} kind
 * @param {Record<'seconds' | 'code' | 'delay' | 'when', HTMLInputElement | HTMLSelectElement>} parts
 */
function effect(kind, { seconds, code, delay, when }) {
  if (kind === 'flood') return { retry_after: Number(seconds.value) };
  if (kind === 'error') return { error_code: Number(code.value), when: when.value };
  return kind === 'slow'
    ? { delay_ms: Number(delay.value), when: when.value }
    : { when: when.value };
}

/**
 * @param {number} value
 * @param {{ min: number, max?: number }} range
 */
function number(value, { min, max }) {
  return h('input', { type: 'number', value, min, max: max ?? null, inputmode: 'numeric' });
}

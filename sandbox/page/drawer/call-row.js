// @ts-check
/** @import { Call, Person } from '../types.ts' */
import { h } from '../base/dom.js';
import { word } from '../text/words.js';
import { jsonTree } from './json-tree.js';

/**
 * One call on a line, which unfolds into its parameters and its answer.
 * @param {Call} call
 * @param {Person | null} person whose chat it is about
 */
export function callRow(call, person) {
  const row = h(
    'details',
    { class: 'call', 'data-call-id': call.call_id, 'data-method': call.method },
    h(
      'summary',
      {},
      h(
        'span',
        { class: 'call-status', 'data-status': statusKind(call) },
        call.status === 0 ? '×' : String(call.status),
      ),
      h('span', { class: 'call-method' }, call.method),
      person === null ? null : personPart(person),
      call.fault === null ? null : h('span', { class: 'tag is-warning' }, call.fault),
      h('span', { class: 'call-hint' }, hint(call)),
      h(
        'span',
        { class: 'call-time' },
        `${call.took_ms < 10 ? call.took_ms.toFixed(1) : Math.round(call.took_ms)} ms`,
      ),
    ),
  );
  row.addEventListener('toggle', () => {
    if (row.childElementCount === 1) row.append(details(call));
  });
  return row;
}

/** @param {Person} person */
function personPart({ id, first_name: name }) {
  return h('bdi', { class: 'call-person', 'data-shade': id % 6, title: name }, name);
}

/**
 * The id of the person whose chat a call is about, or null. A callback query id has it in its upper 32 bits.
 * @param {Call} call
 */
export function chatOf({ parameters }) {
  const { chat_id: chatId, callback_query_id: query } = parameters;
  if (typeof query === 'string' && /^\d+$/.test(query)) return Number(BigInt(query) >> 32n);
  return chatId === undefined ? null : Number(chatId);
}

/** @param {Call} call */
function details({ at_ms: atMs, parameters, answer }) {
  return h(
    'div',
    { class: 'call-details' },
    h('p', { class: 'call-at' }, new Date(atMs).toLocaleTimeString(document.documentElement.lang)),
    h('h4', {}, word('parameters')),
    jsonTree(parameters),
    h('h4', {}, word('answer')),
    answer === null ? h('p', {}, word('noAnswer')) : jsonTree(answer),
  );
}

/** @param {Call} call */
function statusKind({ status }) {
  if (status === 0) return 'broken';
  return status < 400 ? 'fine' : 'bad';
}

/** @param {Call} call */
function hint({ parameters }) {
  const said = parameters['text'] ?? parameters['caption'] ?? parameters['action'];
  return typeof said === 'string' ? said.replaceAll(/<[^>]*>/g, '').slice(0, 80) : '';
}

// @ts-check
/** @import { Fault } from '../types.ts' */
/** @import { IconName } from '../base/icons.js' */
/** @import { WordName } from '../text/words.js' */
import { h } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { faultText } from '../state/faults.js';
import { word } from '../text/words.js';

/**
 * @param {WordName} name
 * @param {WordName} hint
 * @param {{ isOn: boolean, onChange: (isOn: boolean) => void }} state
 */
export function switchRow(name, hint, { isOn, onChange }) {
  return h(
    'button',
    {
      type: 'button',
      class: 'switch',
      role: 'switch',
      'data-switch': name,
      'aria-checked': String(isOn),
      'aria-label': word(name),
      onclick: () => {
        onChange(!isOn);
      },
    },
    h('span', {}, h('b', {}, word(name)), h('small', {}, word(hint))),
    h('i', { class: 'knob', 'aria-hidden': 'true' }),
  );
}

/** @param {() => void} onRestart */
export function restartRow(onRestart) {
  const said = h('span', {}, h('b', {}, word('restart')), h('small', {}, word('restartHint')));
  return h('div', { class: 'switch' }, said, quietButton('restart', onRestart, 'bolt'));
}

/**
 * @param {Fault} fault
 * @param {() => void} onCallOff
 */
export function faultRow(fault, onCallOff) {
  const said = h('span', {}, faultText(fault));
  return h('div', { class: 'switch' }, said, quietButton('callOff', onCallOff));
}

/**
 * @param {WordName} name
 * @param {() => void} onclick
 * @param {IconName} [picture]
 */
function quietButton(name, onclick, picture) {
  const sign = picture === undefined ? null : icon(picture);
  return h('button', { type: 'button', class: 'quiet', onclick }, sign, word(name));
}

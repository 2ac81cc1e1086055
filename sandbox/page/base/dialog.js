// @ts-check
import { h } from './dom.js';
import { word } from '../text/words.js';

/**
 * A small form over the page; Escape closes it.
 * @param {{ title: string, fields: readonly Node[], action: string, onDone: () => void }} content
 */
export function openForm({ title, fields, action, onDone }) {
  const dialog = h(
    'dialog',
    { class: 'form-dialog', 'aria-label': title },
    h(
      'form',
      { method: 'dialog' },
      h('h2', {}, title),
      ...fields,
      h(
        'div',
        { class: 'dialog-actions' },
        h(
          'button',
          {
            type: 'button',
            class: 'quiet',
            onclick: () => {
              dialog.close();
            },
          },
          word('cancel'),
        ),
        h('button', { type: 'submit', class: 'strong' }, action),
      ),
    ),
  );
  dialog.addEventListener('submit', onDone);
  show(dialog);
}

/**
 * @param {string} source
 * @param {string} name
 */
export function openPhoto(source, name) {
  const dialog = h(
    'dialog',
    { class: 'photo-dialog', 'aria-label': name },
    h(
      'button',
      {
        type: 'button',
        'aria-label': word('closePhoto'),
        onclick: () => {
          dialog.close();
        },
      },
      h('img', { src: source, alt: name }),
    ),
  );
  show(dialog);
}

/** @param {HTMLDialogElement} dialog */
function show(dialog) {
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * A field with its name above it.
 * @param {string} name
 * @param {HTMLElement} control
 */
export function field(name, control) {
  return h('label', { class: 'field' }, h('span', {}, name), control);
}

/**
 * @param {readonly (readonly [value: string, text: string])[]} choices
 * @param {string} chosen
 */
export function select(choices, chosen) {
  return h(
    'select',
    {},
    ...choices.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
  );
}

// @ts-check
/** @import { Command } from '../types.ts' */
import { fill, h } from '../base/dom.js';
import { word } from '../text/words.js';

/** The commands of the bot with their descriptions, chosen by pointer or arrow keys. */
export class CommandList {
  /** @type {readonly Command[]} */
  #shown = [];
  #chosen = 0;

  /** @param {(command: string) => void} onChoose */
  constructor(onChoose) {
    this.onChoose = onChoose;
    this.element = h('div', {
      class: 'command-list',
      role: 'listbox',
      'aria-label': word('commands'),
      hidden: true,
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** @param {readonly Command[]} commands none: nothing is shown */
  open(commands) {
    this.#shown = commands;
    this.#chosen = 0;
    this.#draw();
  }

  close() {
    this.open([]);
  }

  /** @param {1 | -1} by */
  step(by) {
    const { length } = this.#shown;
    this.#chosen = (this.#chosen + by + length) % length;
    this.#draw();
  }

  choose(at = this.#chosen) {
    const command = this.#shown[at];
    this.close();
    if (command !== undefined) this.onChoose(`/${command.command}`);
  }

  #draw() {
    this.element.hidden = this.#shown.length === 0;
    fill(
      this.element,
      this.#shown.map(({ command, description }, at) =>
        h(
          'button',
          {
            type: 'button',
            role: 'option',
            tabindex: -1,
            'aria-selected': String(at === this.#chosen),
            onclick: () => {
              this.choose(at);
            },
          },
          h('b', {}, `/${command}`),
          h('span', {}, description),
        ),
      ),
    );
  }
}

// @ts-check
/** @import { PresetName } from '../state/troubles.js' */
/** @import { Store } from '../state/store.js' */
/** @import { WordName } from '../text/words.js' */
import * as api from '../base/api.js';
import { fill, h } from '../base/dom.js';
import { lookUpTroubles } from '../state/sync.js';
import {
  PRESETS,
  PRESET_NAMES,
  activePreset,
  countTroubles,
  otherFaults,
} from '../state/troubles.js';
import { word } from '../text/words.js';
import { faultForm } from './fault-form.js';
import { faultRow, restartRow, switchRow } from './trouble-rows.js';

/** @type {Readonly<Record<PresetName, WordName>>} */
const HINTS = { flood: 'floodHint', errors: 'errorsHint', resets: 'resetsHint', slow: 'slowHint' };

/** What goes wrong, on switches. */
export class FaultPanel {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.problem = h('p', { class: 'problem', role: 'status' });
    this.switches = h('div', {
      class: 'switches',
      role: 'group',
      'aria-label': word('presets'),
    });
    this.others = h('div', { class: 'others' });
    this.peace = h('button', { type: 'button', class: 'quiet' }, word('callOffAll'));
    this.peace.addEventListener('click', () => {
      this.#do(makePeace(store));
    });
    const form = faultForm(store, (fault) => {
      this.#do(api.addFault(fault));
    });
    this.element = h(
      'div',
      { class: 'tab-body faults', role: 'tabpanel', 'aria-label': word('faults') },
      h('div', { class: 'faults-head' }, h('h3', {}, word('presets')), this.peace),
      this.problem,
      this.switches,
      this.others,
      h('h3', {}, word('ownFault')),
      form,
    );
  }

  follow() {
    const end = this.store.on('troubles', () => {
      this.#show();
    });
    this.#show();
    void lookUpTroubles(this.store);
    return end;
  }

  #show() {
    const focused = document.activeElement?.getAttribute('data-switch') ?? null;
    fill(this.switches, this.#rows());
    this.peace.hidden = countTroubles(this.store.troubles) === 0;
    const others = otherFaults(this.store.troubles.faults).map((fault) =>
      faultRow(fault, () => {
        this.#do(remove(fault.fault_id ?? 0));
      }),
    );
    fill(this.others, others.length === 0 ? [] : [h('h3', {}, word('others')), ...others]);
    const again = this.switches.querySelector(`[data-switch="${focused ?? ''}"]`);
    if (again instanceof HTMLElement) again.focus();
  }

  #rows() {
    const { isDoubling, isTraffic } = this.store.troubles;
    /** @type {(deed: (isOn: boolean) => Promise<unknown>) => (isOn: boolean) => void} */
    const doing = (deed) => (isOn) => {
      this.#do(deed(isOn));
    };
    return [
      ...PRESET_NAMES.map((name) => this.#preset(name)),
      switchRow('doubled', 'doubledHint', { isOn: isDoubling, onChange: doing(api.setDoubling) }),
      switchRow('traffic', 'trafficHint', { isOn: isTraffic, onChange: doing(api.setTraffic) }),
      restartRow(() => {
        this.#do(api.restart());
      }),
    ];
  }

  /** @param {PresetName} name */
  #preset(name) {
    const active = activePreset(name, this.store.troubles.faults);
    const onChange = (/** @type {boolean} */ isOn) => {
      this.#do(isOn ? api.addFault(PRESETS[name]) : remove(active?.fault_id ?? 0));
    };
    return switchRow(name, HINTS[name], { isOn: active !== null, onChange });
  }

  /** @param {Promise<unknown>} deed */
  #do(deed) {
    fill(this.problem, []);
    deed
      .catch((/** @type {unknown} */ error) => {
        fill(this.problem, [word('tooOld', { why: api.reasonOf(error) })]);
      })
      .finally(() => void lookUpTroubles(this.store));
  }
}

/** @param {Store} store */
async function makePeace({ troubles }) {
  await api.clearFaults();
  if (troubles.isDoubling) await api.setDoubling(false);
  if (troubles.isTraffic) await api.setTraffic(false);
}

/**
 * One that is used up in the meantime is as good as called off; an older sandbox calls off all or nothing.
 * @param {number} faultId
 */
async function remove(faultId) {
  try {
    await api.removeFault(faultId);
  } catch (error) {
    if (!(error instanceof api.Refusal) || error.status !== 404) throw error;
    if (error.message.startsWith('nothing is here')) await api.clearFaults();
  }
}

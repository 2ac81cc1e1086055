// @ts-check
/** @import { PresetName } from '../state/faults.js' */
/** @import { Store } from '../state/store.js' */
/** @import { WordName } from '../text/words.js' */
import * as api from '../base/api.js';
import { fill, h } from '../base/dom.js';
import { fetchFaultState } from '../state/sync.js';
import {
  PRESETS,
  PRESET_NAMES,
  activePreset,
  countActiveFaults,
  otherFaults,
} from '../state/faults.js';
import { word } from '../text/words.js';
import { faultForm } from './fault-form.js';
import { faultRow, restartRow, switchRow } from './fault-rows.js';

/** @type {Readonly<Record<PresetName, WordName>>} */
const HINTS = { flood: 'floodHint', errors: 'errorsHint', resets: 'resetsHint', slow: 'slowHint' };

/** The faults tab: switches for the usual faults, and a list of the others. */
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
    this.clearButton = h('button', { type: 'button', class: 'quiet' }, word('callOffAll'));
    this.clearButton.addEventListener('click', () => {
      this.#do(clearFaults(store));
    });
    const form = faultForm(store, (fault) => {
      this.#do(api.addFault(fault));
    });
    this.element = h(
      'div',
      { class: 'tab-body faults', role: 'tabpanel', 'aria-label': word('faults') },
      h('div', { class: 'faults-head' }, h('h3', {}, word('presets')), this.clearButton),
      this.problem,
      this.switches,
      this.others,
      h('h3', {}, word('ownFault')),
      form,
    );
  }

  follow() {
    const end = this.store.on('faults', () => {
      this.#show();
    });
    this.#show();
    void fetchFaultState(this.store);
    return end;
  }

  #show() {
    const focused = document.activeElement?.getAttribute('data-switch') ?? null;
    fill(this.switches, this.#rows());
    this.clearButton.hidden = countActiveFaults(this.store.faultState) === 0;
    const others = otherFaults(this.store.faultState.faults).map((fault) =>
      faultRow(fault, () => {
        this.#do(remove(fault.fault_id ?? 0));
      }),
    );
    fill(this.others, others.length === 0 ? [] : [h('h3', {}, word('others')), ...others]);
    const again = this.switches.querySelector(`[data-switch="${focused ?? ''}"]`);
    if (again instanceof HTMLElement) again.focus();
  }

  #rows() {
    const { isDoubling, isTraffic } = this.store.faultState;
    /** @type {(task: (isOn: boolean) => Promise<unknown>) => (isOn: boolean) => void} */
    const doing = (task) => (isOn) => {
      this.#do(task(isOn));
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
    const active = activePreset(name, this.store.faultState.faults);
    const onChange = (/** @type {boolean} */ isOn) => {
      this.#do(isOn ? api.addFault(PRESETS[name]) : remove(active?.fault_id ?? 0));
    };
    return switchRow(name, HINTS[name], { isOn: active !== null, onChange });
  }

  /** @param {Promise<unknown>} task */
  #do(task) {
    fill(this.problem, []);
    task
      .catch((/** @type {unknown} */ error) => {
        fill(this.problem, [word('tooOld', { why: api.reasonOf(error) })]);
      })
      .finally(() => void fetchFaultState(this.store));
  }
}

/** @param {Store} store */
async function clearFaults({ faultState }) {
  await api.clearFaults();
  if (faultState.isDoubling) await api.setDoubling(false);
  if (faultState.isTraffic) await api.setTraffic(false);
}

/**
 * A fault may be used up before the click arrives, so a 404 is no failure.
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

// @ts-check
/** @import { Fault, FaultState } from '../types.ts' */

/**
 * @typedef {'flood' | 'errors' | 'resets' | 'slow'} PresetName
 */

/** The fault of each switch in the drawer; with `times: null` it goes on until it is removed. */
/** @type {Readonly<Record<PresetName, Fault>>} */
export const PRESETS = {
  flood: { method: '*', kind: 'flood', retry_after: 1, share: 0.1, times: null },
  errors: {
    method: '*',
    kind: 'error',
    error_code: 502,
    when: 'instead',
    share: 0.05,
    times: null,
  },
  resets: { method: '*', kind: 'reset', when: 'after', share: 0.05, times: null },
  slow: { method: '*', kind: 'slow', delay_ms: 1500, share: 0.3, times: null },
};

/** @type {readonly PresetName[]} */
export const PRESET_NAMES = ['flood', 'errors', 'resets', 'slow'];

/**
 * The listed fault that a switch stands for, or null: then the switch is off.
 * @param {PresetName} name
 * @param {readonly Fault[]} faults
 */
export function activePreset(name, faults) {
  const { kind, share } = PRESETS[name];
  const found = faults.find(
    (fault) => fault.method === '*' && fault.kind === kind && fault.share === share,
  );
  return found ?? null;
}

/**
 * The faults that no switch stands for.
 * @param {readonly Fault[]} faults
 */
export function otherFaults(faults) {
  const known = new Set(PRESET_NAMES.map((name) => activePreset(name, faults)));
  return faults.filter((fault) => !known.has(fault));
}

/** @param {FaultState} faultState */
export function countActiveFaults({ faults, isDoubling, isTraffic }) {
  return faults.length + Number(isDoubling) + Number(isTraffic);
}

/**
 * A fault on one line: "sendMessage · 429 after 3 s · 10 % · 2 left".
 * @param {Fault} fault
 */
export function faultText(fault) {
  const share = fault.share === undefined ? [] : [`${Math.round(fault.share * 100)} %`];
  const left = typeof fault.times_left === 'number' ? [`×${fault.times_left}`] : [];
  return [fault.method, effectText(fault), ...share, ...left].join(' · ');
}

/** @param {Fault} fault */
function effectText({ kind, retry_after: retryAfter, error_code: code, when, delay_ms: delayMs }) {
  if (kind === 'flood') return `429, ${retryAfter ?? 0} s`;
  if (kind === 'error') return `${code ?? 0} ${when ?? ''}`.trim();
  return kind === 'slow' ? `+${delayMs ?? 0} ms` : `${kind} ${when ?? ''}`.trim();
}

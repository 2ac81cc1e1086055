// @ts-check

/** @type {AudioContext | null} */
let context = null;

/** Two short notes. A browser that has seen no tap yet plays none. */
export function chime() {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  for (const [at, hertz] of /** @type {const} */ ([
    [0, 880],
    [0.09, 1175],
  ])) {
    note(context, context.currentTime + at, hertz);
  }
}

/**
 * @param {AudioContext} audio
 * @param {number} at
 * @param {number} hertz
 */
function note(audio, at, hertz) {
  const tone = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.08, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.22);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.25);
}

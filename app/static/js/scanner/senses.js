// A result is seen, heard and felt: a tone and a vibration of its own for each.
const TONES = { ok: [[880, 0.12]], again: [[523, 0.11], [523, 0.11]], other: [[660, 0.1], [440, 0.16]], no: [[196, 0.4]] };
const SHAKES = { ok: [60], again: [60, 80, 60], other: [120, 60, 120], no: [350] };
let audio = null;

/** Browsers let a page sound only after a touch. */
export function wake() {
  audio ??= globalThis.AudioContext ? new AudioContext() : null;
  audio?.resume?.();
}

export function sense(look) {
  navigator.vibrate?.(SHAKES[look] ?? []);
  if (!audio || audio.state !== "running") return;
  let at = audio.currentTime;
  for (const [pitch, length] of TONES[look] ?? []) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + length);
    at += length + 0.05;
  }
}

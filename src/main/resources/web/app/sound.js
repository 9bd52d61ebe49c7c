// Sound and vibration with each verdict; the word and the shape say the same.
const TONES = { good: [[880, 0, 0.12]], warn: [[660, 0, 0.15], [660, 0.25, 0.15]], bad: [[220, 0, 0.3], [196, 0.4, 0.5]] };
const SHAKE = { good: [60], warn: [80, 80, 80], bad: [300, 100, 300] };
export function feedback(kind) {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return; // browsers allow neither before the first key or tap
  try { navigator.vibrate?.(SHAKE[kind] ?? []); } catch { /* not every device can */ }
  try {
    const audio = new AudioContext();
    for (const [pitch, from, length] of TONES[kind] ?? []) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      volume.gain.value = 0.12;
      tone.frequency.value = pitch;
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + from);
      tone.stop(audio.currentTime + from + length);
    }
    setTimeout(() => audio.close(), 2000);
  } catch { /* no sound before the first tap in some browsers */ }
}

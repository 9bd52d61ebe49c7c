// A scanner types fast and ends with Enter; its text is taken anywhere on the page, without focus, with prefix and GS.
import { announce } from './shell.js';

const FAST = 60; // ms between keys in a text field: no hand types a whole label like this
const ANYWHERE = 500; // ms between keys outside text fields for what can only be a scan, from a slow scanner too: all at the bedside, elsewhere what begins with a scanner's prefix
const SILENCE = 150; // ms more than that without a key: a scanner that sends no Enter is through. Never shorter than a pause inside a scan, or half a label would be taken
const GS = '\u001d';
let buffer = '';
let last = 0;
let idle = 0;

function charOf(event) {
  if (event.key === GS || (event.ctrlKey && event.key === ']') || event.key === 'F8') return GS;
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey ? event.key : '';
}

function pause(event) {
  const scanOnly = buffer.startsWith(']') || document.querySelector('[data-bedside]');
  return scanOnly && !event.target.closest?.('input, textarea, select') ? ANYWHERE : FAST;
}

function take(text) {
  const bedside = document.getElementById('scan-form');
  const search = document.querySelector('[data-scan-here]');
  const field = bedside?.elements.namedItem('text') ?? search;
  if (!field) {
    if (document.querySelector('[data-bedside]')) announce('Scan not taken here. Start again to scan.', true);
    return;
  }
  if (!bedside) {
    field.value = text.replaceAll(GS, '');
    field.form.requestSubmit();
    return;
  }
  // A text field would drop GS: the form carries it in a hidden one.
  const hidden = document.createElement('input');
  hidden.type = 'hidden';
  hidden.name = 'text';
  hidden.value = text;
  field.disabled = true;
  bedside.append(hidden);
  document.querySelector('.ask h1')?.classList.add('busy');
  announce('Reading the scan.');
  bedside.requestSubmit();
}

addEventListener('keydown', (event) => {
  const at = event.timeStamp; // when the key came, also if the page was busy
  const longest = pause(event);
  if (at - last > longest) buffer = '';
  if (event.key === 'Enter' || event.key === 'Tab') {
    if (buffer.length >= 6 && at - last <= longest * 2) {
      event.preventDefault();
      event.stopImmediatePropagation();
      take(buffer);
    }
    buffer = '';
    return;
  }
  const char = charOf(event);
  if (char) {
    if (char === GS) event.preventDefault();
    buffer += char;
    last = at;
    clearTimeout(idle);
    idle = setTimeout(() => { if (buffer.startsWith(']d2') && buffer.length > 12) { const text = buffer; buffer = ''; take(text); } }, longest + SILENCE);
    if (buffer.length > 2) event.stopImmediatePropagation();
  }
}, true);

document.documentElement.dataset.scanner = 'ready';

document.getElementById('picture')?.addEventListener('change', (event) => { if (event.target.files.length) event.target.form.requestSubmit(); });

// Sound and vibration with each verdict; the word and the shape say the same.
const TONES = { good: [[880, 0, 0.12]], warn: [[660, 0, 0.15], [660, 0.25, 0.15]], bad: [[220, 0, 0.3], [196, 0.4, 0.5]] };
const SHAKE = { good: [60], warn: [80, 80, 80], bad: [300, 100, 300] };
export function feedback(kind) {
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
const shown = document.querySelector('[data-feedback]');
if (shown) {
  feedback(shown.dataset.feedback);
  announce(shown.querySelector('h1')?.textContent ?? shown.textContent.trim(), shown.dataset.feedback === 'bad');
}

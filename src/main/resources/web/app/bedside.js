// A scanner types fast and ends with Enter; its text is taken anywhere on the page, without focus, with prefix and GS.
import { announce } from './shell.js';
import { go, say } from './steps.js';

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

const waiting = [];
let taking = false;

/** One after the other: who scans faster than the network answers loses nothing. */
async function takeAll() {
  if (taking) return;
  taking = true;
  while (waiting.length) {
    const form = document.getElementById('scan-form');
    if (!form) {
      waiting.length = 0;
      say(document.querySelector('#step'), 'This scan was not taken.', 'Decide here first, or tap “start again” and scan then.');
      break;
    }
    const fields = new FormData(form);
    fields.set('text', waiting.shift());
    announce('Reading the scan.');
    if (!await go(form, fields)) waiting.length = 0;
  }
  taking = false;
}

/** Where no scan is taken, Tab and Enter after one do what they always do. */
function isTakenHere() {
  return document.querySelector('[data-bedside], [data-scan-here]') !== null;
}

function take(text) {
  if (document.querySelector('[data-bedside]')) {
    waiting.push(text);
    takeAll();
    return;
  }
  const search = document.querySelector('[data-scan-here]');
  if (!search) return;
  search.value = text.replaceAll(GS, '');
  search.form.requestSubmit();
}

addEventListener('keydown', (event) => {
  const at = event.timeStamp; // when the key came, also if the page was busy
  const longest = pause(event);
  if (at - last > longest || event.key === 'Escape') buffer = ''; // no scanner sends Escape
  if (event.key === 'Enter' || event.key === 'Tab') {
    if (buffer.length >= 6 && at - last <= longest * 2 && isTakenHere()) {
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

addEventListener('change', (event) => { if (event.target.id === 'picture' && event.target.files.length) event.target.form.requestSubmit(); });

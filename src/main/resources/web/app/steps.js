// Steps at the bedside go in place: the answer to a form takes the place of the page's main part, under the address of a page that can be loaded again.
// So back and reload never meet a page that is the answer to a form, and no failure of the network takes away what was scanned. Without script, forms are forms.
import { announce } from './shell.js';
import { feedback } from './sound.js';

const LONGEST = 20_000; // ms; the server waits twice 4 s for a pump
const FRESH = 300_000; // ms; what was scanned longer ago is scanned again: another nurse or patient may be there now
const CARRIED = ['wristband', 'bag', 'pumpTag', 'prescription'];
let busy = false;

/** Something that must be seen, before that place. */
export function say(place, strong, words) {
  document.querySelector('[data-said]')?.remove();
  const note = document.createElement('div');
  note.className = 'note bad';
  note.dataset.said = '';
  note.setAttribute('role', 'alert');
  const text = document.createElement('p');
  const loud = document.createElement('strong');
  loud.textContent = strong;
  text.append(loud, ` ${words}`);
  note.append(text);
  place.before(note);
  note.scrollIntoView({ block: 'center' });
  feedback('bad');
}

/** Says by sound, vibration and voice what the page says. */
function met() {
  const shown = document.querySelector('[data-feedback]');
  if (!shown) return;
  feedback(shown.dataset.feedback);
  announce(shown.querySelector('h1')?.textContent ?? shown.textContent.trim(), shown.dataset.feedback === 'bad');
}

/**
 * The steps of a page are one more entry of the browser's history: back leads to the page as it was before the first of them.
 * What was scanned stays with that entry, as a form's fields would, so that reload finds it again for a while.
 */
function keep(at) {
  const form = document.querySelector('[data-bedside] [name="wristband"]')?.form;
  const scans = form ? Object.fromEntries(CARRIED.map((name) => [name, form.elements.namedItem(name)?.value ?? ''])) : {};
  const step = { step: true, scans: Object.values(scans).some(Boolean) ? scans : null, at };
  if (history.state?.step) history.replaceState(step, '');
  else history.pushState(step, '');
}
addEventListener('popstate', () => { if (!location.hash) location.reload(); });

function show(page, at) {
  const main = document.getElementById('main');
  main.replaceChildren(...page.getElementById('main').childNodes);
  document.title = page.title;
  main.querySelectorAll('[data-print]').forEach((button) => { button.hidden = false; });
  keep(at);
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  if (main.querySelector('[data-feedback]')) met();
  else announce(main.querySelector('h1')?.textContent ?? page.title, true);
}

function unanswered(form) {
  delete form.dataset.sent;
  document.querySelectorAll('[data-once] button, .busy').forEach((el) => { el.removeAttribute('aria-disabled'); el.classList.remove('busy'); });
  const path = new URL(form.action).pathname;
  if (path.endsWith('/send')) say(form, 'The server has not answered.', 'It may or may not have got this. Look at the pump, then tap again: the same tap is never sent twice.');
  else if (path.endsWith('/end')) say(form, 'The server has not answered.', 'The pump may or may not have been asked. Look at the pump; tap again if it does not show it.');
  else say(form, 'The server has not answered.', 'Nothing was sent, and what you scanned before is kept. Scan or tap again.');
}

/** Sends a form's fields, of which the last was scanned then, and shows what comes; whether anything came. */
export async function go(form, fields, at = Date.now()) {
  if (busy) return false;
  busy = true;
  form.closest('.ask')?.querySelector('h1')?.classList.add('busy');
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields),
      headers: { Accept: 'text/html' },
      signal: AbortSignal.timeout(LONGEST),
    });
    if (answer.redirected) {
      if (history.state?.step) history.replaceState({ step: true, scans: null }, '');
      location.assign(answer.url);
      return true;
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!page.getElementById('main')) throw new Error(String(answer.status));
    if ('keep' in form.dataset && answer.status === 400) {
      const words = [...page.querySelectorAll('.verdict .big')].map((el) => el.textContent.trim());
      say(form.lastElementChild, 'Not done.', words.join(' '));
      return false;
    }
    show(page, at);
    return true;
  } catch {
    unanswered(form);
    return false;
  } finally {
    busy = false;
  }
}

addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches?.('form[action^="/bedside/"], form[data-keep]')) return;
  event.preventDefault();
  const fields = new FormData(form);
  if (event.submitter?.name) fields.append(event.submitter.name, event.submitter.value);
  go(form, fields);
});

// Whoever starts again wants nothing kept, whatever comes between the tap and the page.
addEventListener('click', (event) => {
  if (history.state?.step && event.target.closest?.('#main a[href="/bedside"]')) history.replaceState({ step: true, scans: null }, '');
});

met();
const first = document.querySelector('[data-bedside] #scan-form');
if (first && history.state?.scans && Math.abs(Date.now() - history.state.at) < FRESH) {
  const fields = new FormData(first);
  Object.entries(history.state.scans).forEach(([name, value]) => fields.set(name, value));
  go(first, fields, history.state.at);
}

// The frame of every page: shortcuts, relative times, announcements, being offline.
const root = document.documentElement;
const loaded = { server: Number(document.documentElement.dataset.now), wall: Date.now(), steady: performance.now() };

/** The server's clock. Of two ways to know how long ago that was, the longer: the wall clock may be set back, the steady one stops in sleep. */
export const now = () => loaded.server + Math.max(Date.now() - loaded.wall, performance.now() - loaded.steady);

export function announce(text, urgent = false) {
  const place = document.getElementById(urgent ? 'alert' : 'announce');
  if (place && place.textContent !== text) place.textContent = text;
}

export function ago(ms) {
  const s = Math.floor(Math.abs(ms) / 1000);
  if (s < 1) return 'just now';
  const text = s < 120 ? `${s}\u00a0s` : s < 7200 ? `${Math.floor(s / 60)}\u00a0min` : s < 172800 ? `${Math.floor(s / 3600)}\u00a0h` : `${Math.floor(s / 86400)} days`;
  return ms < 0 ? `in ${text}` : `${text} ago`;
}

function tick() {
  for (const el of document.querySelectorAll('[data-ago]')) el.textContent = ago(now() - Number(el.dataset.ago));
  for (const el of document.querySelectorAll('[data-countdown]')) {
    const left = Math.ceil((Number(el.dataset.countdown) - now()) / 1000);
    el.textContent = left > 0 ? `The pump drops it in ${left}\u00a0s.` : 'Its time is over.';
  }
}
setInterval(tick, 1000);
tick();

// Offline: asked every 2 s while a page is visible, shown within 5 s, nothing is ever kept to be sent later.
const banner = document.getElementById('offline');
let missed = 0;
const oldBanner = document.getElementById('old');
export function offline(isOffline) {
  if (isOffline) old(false);
  if (!banner || banner.hidden === !isOffline) return;
  const help = document.querySelector('[data-manual]')?.dataset.manual ?? 'At the bedside, program the pump by hand and note it.';
  banner.querySelector('[data-offline-help]').textContent = help;
  banner.hidden = !isOffline;
  document.querySelectorAll('[data-live-into]').forEach((el) => el.classList.toggle('stale', isOffline));
}
/** The server answers, and what this page lives from does not. */
export function old(isOld) {
  const shown = isOld && banner?.hidden;
  if (!oldBanner || oldBanner.hidden === !shown) return;
  oldBanner.querySelector('[data-again]').href = location.href;
  oldBanner.hidden = !shown;
  document.querySelectorAll('[data-live-into]').forEach((el) => el.classList.toggle('stale', shown));
}
async function ask() {
  if (document.hidden) return;
  try {
    await fetch('/favicon.svg', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(1800) });
    missed = 0;
    offline(false);
  } catch {
    missed += 1;
    if (missed >= 2 || !navigator.onLine) offline(true);
  }
}
setInterval(ask, 2000);
addEventListener('offline', () => offline(true));
addEventListener('online', ask);
addEventListener('submit', (event) => {
  if (banner && !banner.hidden) {
    event.preventDefault();
    announce('No connection. Nothing was sent.', true);
  }
}, true);

// How pages look is changed where one is: neither a filter nor a scan is lost by it.
addEventListener('submit', async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !submitter || form.getAttribute('action') !== '/preferences') return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  fields.set(submitter.name, submitter.value);
  try {
    await fetch('/preferences', { method: 'POST', body: fields, redirect: 'manual', headers: { Accept: 'text/html' } });
  } catch { return; }
  root.dataset[submitter.name === 'theme' ? 'theme' : 'keys'] = submitter.value;
  document.querySelectorAll(`.me input[name="${submitter.name}"]`).forEach((el) => { el.value = submitter.value; });
  form.querySelectorAll('[aria-pressed]').forEach((el) => el.setAttribute('aria-pressed', String(el === submitter)));
});

// One tap, one order: the second tap on the same form does nothing.
addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches?.('[data-once]') || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  document.querySelectorAll('[data-once] button').forEach((button) => { button.setAttribute('aria-disabled', 'true'); });
  event.submitter?.classList.add('busy');
  form.querySelector('[data-meanwhile]')?.removeAttribute('hidden');
  announce(form.dataset.says ?? 'Sending.');
});
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

// Shortcuts, off inside fields and wherever switched off.
const dialog = document.getElementById('keys');
const help = document.querySelector('[data-keys-help]');
if (help) { help.hidden = false; help.addEventListener('click', () => dialog.showModal()); }
let afterG = -Infinity; // by when keys came, also if the page was busy
addEventListener('keydown', (event) => {
  if (root.dataset.keys !== 'on' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
  if (event.key === '?') { event.preventDefault(); dialog.showModal(); return; }
  if (document.querySelector('[data-bedside]')) return;
  if (event.key === '/') {
    const search = document.querySelector('[data-search]');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
    return;
  }
  if (event.key === 'g') { afterG = event.timeStamp; return; }
  if (event.timeStamp - afterG < 1500) {
    afterG = -Infinity;
    const place = event.key === 'h' ? '/' : document.querySelector(`.places [data-key="${CSS.escape(event.key)}"]`)?.getAttribute('href');
    if (place) location.assign(place);
  }
});
document.querySelectorAll('[data-print]').forEach((button) => { button.hidden = false; });
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) print();
  document.querySelectorAll('details.me[open]').forEach((open) => { if (!open.contains(event.target)) open.open = false; });
});
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') document.querySelectorAll('details.me[open]').forEach((open) => { open.open = false; open.querySelector('summary').focus(); });
});

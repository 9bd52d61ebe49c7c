// Live pieces of pages: the server renders, the page swaps; focus stays where it is, changes are said politely, urgent ones at once.
import { announce, offline, old } from './shell.js';
import { feedback } from './sound.js';

const SILENT = 5000;
const AGAIN = 5000;

function piece(html, inTable) {
  const holder = document.createElement('template');
  holder.innerHTML = inTable ? `<table><tbody>${html}</tbody></table>` : html;
  return inTable ? holder.content.querySelector('tr') : holder.content.firstElementChild;
}

function placeRow(body, fresh) {
  const old = document.getElementById(fresh.id);
  const focused = old?.contains(document.activeElement);
  if (old && old.dataset.order === fresh.dataset.order) {
    old.replaceWith(fresh);
  } else {
    old?.remove();
    const before = [...body.rows].find((row) => row.dataset.order > fresh.dataset.order);
    body.insertBefore(fresh, before ?? null);
  }
  if (focused) fresh.querySelector('a')?.focus({ preventScroll: true });
  if (fresh.dataset.urgent && old?.dataset.urgent !== fresh.dataset.urgent) announce(fresh.dataset.urgent, true);
  else if (old && old.dataset.state !== fresh.dataset.state) announce(`${fresh.querySelector('a').textContent}: ${fresh.querySelector('.tag').textContent.trim()}`);
}

function follow(el) {
  const into = document.getElementById(el.dataset.liveInto);
  let heard = performance.now();
  let closed = false;
  let source;
  const alive = () => {
    if (!into.isConnected) { closed = true; source.close(); return; } // another step of the page stands here now
    heard = performance.now();
    if (!document.hidden) { offline(false); old(false); }
  };
  const listen = () => {
    source.addEventListener('beat', alive);
    source.addEventListener('row', (event) => { alive(); into.closest('[hidden]')?.removeAttribute('hidden'); placeRow(into, piece(event.data, true)); });
    source.addEventListener('counts', (event) => {
      alive();
      const old = document.getElementById('counts');
      if (!old) return;
      const focused = [...old.querySelectorAll('a')].indexOf(document.activeElement);
      const fresh = piece(event.data, false);
      old.replaceWith(fresh);
      if (focused >= 0) fresh.querySelectorAll('a')[focused]?.focus({ preventScroll: true });
    });
    source.addEventListener('only', (event) => {
      alive();
      const shown = new Set(event.data.split(' '));
      [...into.rows].forEach((row) => shown.has(row.id) || row.remove());
    });
    source.addEventListener('gone', (event) => { alive(); document.getElementById(event.data)?.remove(); });
    source.addEventListener('state', (event) => {
      alive();
      if (closed) return;
      const fresh = piece(event.data, false);
      const old = into.firstElementChild;
      const ends = document.getElementById('ends');
      if (ends) ends.dataset.can = fresh.dataset.can;
      if (old?.dataset.state === fresh.dataset.state && old.textContent.trim() === fresh.textContent.trim()) return;
      const changed = old?.dataset.state !== fresh.dataset.state;
      into.replaceChildren(fresh);
      if (changed) {
        const urgent = 'urgent' in fresh.dataset;
        announce(fresh.dataset.word, urgent);
        feedback(urgent ? 'bad' : 'good');
      }
    });
  };
  /** A stream that the server refuses, as to someone who is signed out, ends for good: it is asked for again. */
  const open = () => {
    if (closed) return;
    source = new EventSource(el.dataset.live);
    listen();
    source.addEventListener('error', () => {
      if (closed || source.readyState !== EventSource.CLOSED) return;
      old(true);
      setTimeout(open, AGAIN);
    });
  };
  open();
  addEventListener('pagehide', () => { closed = true; source.close(); });
  setInterval(() => { if (!closed && !document.hidden && performance.now() - heard > SILENT) old(true); }, 1000);
}
document.querySelectorAll('[data-live]').forEach(follow);

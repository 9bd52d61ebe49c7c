// Verifies an inclusion proof in the browser. Source: RFC 6962, 2.1.1; RFC 9162, 2.1.3.2.
const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
async function hash(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

/** The root that a leaf and its path lead to; empty where the path has the wrong length. */
export async function rootOf(entry, index, size, path) {
  let node = await hash(Uint8Array.of(0), new TextEncoder().encode(entry));
  let at = BigInt(index);
  let end = BigInt(size) - 1n;
  for (const step of path) {
    if (end === 0n) return '';
    if ((at & 1n) === 1n || at === end) {
      node = await hash(Uint8Array.of(1), bytes(step), node);
      while ((at & 1n) === 0n && at !== 0n) { at >>= 1n; end >>= 1n; }
    } else {
      node = await hash(Uint8Array.of(1), node, bytes(step));
    }
    at >>= 1n;
    end >>= 1n;
  }
  return end === 0n ? hex(node) : '';
}

const place = document.querySelector('[data-proof]');
if (place && globalThis.crypto?.subtle) {
  const button = place.querySelector('[data-verify]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    const path = [...place.querySelectorAll('[data-path] code')].map((code) => code.textContent.trim());
    const root = await rootOf(
      document.querySelector('[data-entry]').textContent,
      place.querySelector('[data-index]').getAttribute('value'),
      place.querySelector('[data-size]').getAttribute('value'),
      path);
    const verdict = place.querySelector('[data-verdict]');
    const holds = root === place.querySelector('[data-root]').textContent.trim();
    verdict.className = `tag ${holds ? 'good' : 'bad'}`;
    verdict.textContent = holds ? '✓ Holds: this browser computed the same root.' : '✗ Does not hold: the entry is not in the signed log.';
  });
}

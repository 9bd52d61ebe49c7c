// Verifies in the browser that an entry is in the signed log: its bytes and path lead to the root in the checkpoint, and the log's key signed that.
// Source: RFC 6962, 2.1.1; RFC 9162, 2.1.3.2; C2SP tlog-checkpoint and signed-note.
const text = new TextEncoder();
const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');
const bytes = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const base64 = (letters) => Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
const REMEMBERED = 'venule-log-key';

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}
const hash = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));

/** The root that a leaf and its path lead to; empty where the path has the wrong length. */
export async function rootOf(entry, index, size, path) {
  let node = await hash(Uint8Array.of(0), text.encode(entry));
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

/** Whether the key signed the note: true, false, or undefined where this browser has no Ed25519. */
export async function signedBy(note, key) {
  const [name, id, typed] = [key.split('+')[0], key.split('+')[1], key.split('+').slice(2).join('+')];
  const end = note.indexOf('\n\n');
  const raw = base64(typed);
  if (end < 0 || raw[0] !== 1 || hex((await hash(text.encode(`${name}\n`), raw)).slice(0, 4)) !== id) return false;
  const lines = note.slice(end + 2).split('\n').filter((line) => line.startsWith(`— ${name} `));
  try {
    const publicKey = await crypto.subtle.importKey('raw', raw.slice(1), { name: 'Ed25519' }, false, ['verify']);
    for (const line of lines) {
      const signature = base64(line.slice(`— ${name} `.length));
      if (hex(signature.slice(0, 4)) === id
        && await crypto.subtle.verify({ name: 'Ed25519' }, publicKey, signature.slice(4), text.encode(note.slice(0, end + 1)))) return true;
    }
    return false;
  } catch (error) {
    if (error.name === 'NotSupportedError') return undefined;
    throw error;
  }
}

/** The verdict on a proof, as a word for its colour and a sentence. */
export async function judge(proof) {
  const [origin, size, root] = proof.checkpoint.split('\n');
  const computed = await rootOf(proof.entry, proof.index, proof.size, proof.proof);
  if (size !== String(proof.size) || origin !== proof.key.split('+')[0] || !computed || computed !== hex(base64(root))) {
    return ['bad', '✗ Does not hold: the entry is not in the signed log.'];
  }
  const signed = await signedBy(proof.checkpoint, proof.key);
  if (signed === false) return ['bad', '✗ Does not hold: the log’s key did not sign this checkpoint.'];
  const before = localStorage.getItem(REMEMBERED);
  if (before && before !== proof.key) return ['warn', '! The proof holds, but under another key than this browser saw first. Compare the key with your own copy of log.vkey.'];
  localStorage.setItem(REMEMBERED, proof.key);
  return signed
    ? ['good', '✓ Holds: this browser computed the signed root and checked the signature.']
    : ['warn', '! This browser computed the same root, but cannot check the signature. Use ops/verify-log for that.'];
}

async function fetched(index) {
  const answer = await fetch(`/audit/entries/${index}/proof`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function show(verdict, look) {
  verdict.className = 'tag';
  verdict.textContent = 'Verifying';
  try {
    const [colour, words] = await judge(await look());
    verdict.className = `tag ${colour}`;
    verdict.textContent = words;
  } catch {
    verdict.className = 'tag warn';
    verdict.textContent = '! Not verified: the proof could not be read. Try again in a second.';
  }
}

const shown = (place) => ({
  entry: document.querySelector('[data-entry]').textContent,
  checkpoint: document.querySelector('[data-note]').textContent,
  key: place.querySelector('[data-key]').textContent.trim(),
  index: place.querySelector('[data-index]').getAttribute('value'),
  size: place.querySelector('[data-size]').getAttribute('value'),
  proof: [...place.querySelectorAll('[data-path] code')].map((code) => code.textContent.trim()),
});

if (globalThis.crypto?.subtle) {
  const place = document.querySelector('[data-proof]');
  const verify = place?.querySelector('[data-verify]');
  if (verify) {
    verify.hidden = false;
    verify.addEventListener('click', () => show(place.querySelector('[data-verdict]'), async () => shown(place)));
  }
  for (const button of document.querySelectorAll('[data-verify-entry]')) {
    button.hidden = false;
    button.addEventListener('click', () => show(button.nextElementSibling, () => fetched(button.dataset.verifyEntry)));
  }
}

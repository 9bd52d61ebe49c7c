package io.venule.store;

import io.venule.signing.Digest;

/**
 * Which published checkpoints a whole round has already verified: how many, and one digest over them all in their order. The next round sees
 * by the digest that they are the same, and verifies only the signatures of later ones.
 */
final class VerifiedNotes {
    private Chain verified = Chain.NONE;

    /** Notes read so far. */
    record Chain(long count, Digest digest) {
        static final Chain NONE = new Chain(0, Digest.NONE);

        Chain with(String note) {
            return new Chain(count + 1, Digest.ofText(digest.hex() + "\n" + note));
        }
    }

    synchronized Chain last() {
        return verified;
    }

    synchronized void verified(Chain chain) {
        if (chain.count() > verified.count()) {
            verified = chain;
        }
    }
}

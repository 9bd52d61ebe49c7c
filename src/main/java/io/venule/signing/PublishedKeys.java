package io.venule.signing;

import java.util.Set;

/**
 * The test keys of the pump contract's examples. Their seeds are printed for everybody, so a signature of theirs proves nothing:
 * clinical mode starts with none of them and enrols no pump by one. Source: docs/pump-contract/examples/keys.json; T-02.
 */
public final class PublishedKeys {
    private static final Set<String> IDS = Set.of(
            "8d083c6845e59285",
            "0040f30def32fcd4",
            "2fcf1c0c5ab1842e",
            "3b800fd8e5050235",
            "a1ba18192bdf26a5",
            "30fe09b01c3e6bb1",
            "3a51f7b3f55c9fdb",
            "f9607bdbdf75740b",
            "be7258242e6cfedd",
            "b85e22e587990a8d");

    private PublishedKeys() {}

    /** Whether everybody knows the private half of this key. */
    public static boolean hold(KeyId key) {
        return IDS.contains(key.hex());
    }

    /** The ids of all of them. */
    public static Set<String> ids() {
        return IDS;
    }
}

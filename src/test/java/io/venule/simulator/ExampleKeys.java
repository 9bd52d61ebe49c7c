package io.venule.simulator;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The published keys of the contract's examples. Everybody knows them: each seed is the hash of a sentence, so that they can be made
 * again from docs/pump-contract/examples/README.md alone.
 */
final class ExampleKeys {
    static final SigningKey ROOT = key("root");
    static final SigningKey ORDER = key("order");
    static final SigningKey OTHER_WARD = key("order of another ward");
    static final SigningKey EXPIRED = key("order of yesterday");
    static final SigningKey STOLEN = key("order that was stolen");
    static final SigningKey PHARMACIST = key("pharmacist");
    static final SigningKey COLLEAGUE = key("colleague");
    static final SigningKey CHECKPOINT = key("checkpoint");
    static final SigningKey STRANGER = key("stranger");
    static final SigningKey RECORD = key("record");

    private static final String SENTENCE = "venule published test key: ";

    private ExampleKeys() {}

    /** One key as {@code keys.json} lists it. */
    record Published(String name, SigningKey key, String does) {
        private JsonObject json() {
            return Json.object()
                    .put("does", does)
                    .put("key", key.verifyingKey().base64url())
                    .put("kid", key.id())
                    .put("name", name)
                    .put("seed", seed(name).hex())
                    .build();
        }
    }

    static List<Published> all() {
        return List.of(
                new Published("root", ROOT, "signs key certificates"),
                new Published("order", ORDER, "signs orders for ward icu"),
                new Published("order of another ward", OTHER_WARD, "is certified for orders of ward-9"),
                new Published("order of yesterday", EXPIRED, "was certified for orders of ward icu, until yesterday"),
                new Published("order that was stolen", STOLEN, "is certified for orders of ward icu, and revoked"),
                new Published("pharmacist", PHARMACIST, "signs library releases"),
                new Published("colleague", COLLEAGUE, "signs library releases"),
                new Published("checkpoint", CHECKPOINT, "signs checkpoints of the log venule.example/log"),
                new Published("stranger", STRANGER, "is certified by nobody"),
                new Published("record", RECORD, "is the pump's record key"));
    }

    /** {@code keys.json}. */
    static String text() {
        return Lines.of(
                Json.object()
                        .put(
                                "warning",
                                "Published test keys. Everybody has them; never let a pump or server trust one.")
                        .build(),
                "keys",
                all().stream().map(Published::json).toList());
    }

    static WardKeys ward(Instant made) {
        return new WardKeys(ROOT, ORDER, PHARMACIST, COLLEAGUE, made);
    }

    private static SigningKey key(String name) {
        return SigningKey.ofSeed(java.util.HexFormat.of().parseHex(seed(name).hex()));
    }

    static Digest seed(String name) {
        return Digest.ofText(SENTENCE + name);
    }

    /** JSON for people: one line a list's item, so that a change shows as a line. */
    static final class Lines {
        private Lines() {}

        static String of(JsonObject head, String list, List<? extends Json> items) {
            Function<Json, String> text = CanonicalJson::text;
            var members = head.members().entrySet().stream()
                    .map(member -> "\"" + member.getKey() + "\": " + text.apply(member.getValue()));
            var lines = String.join(
                    ",\n", items.stream().map(item -> "  " + text.apply(item)).toList());
            return "{\n"
                    + String.join(
                            ",\n",
                            Stream.concat(members, Stream.of("\"" + list + "\": [\n" + lines + "\n]"))
                                    .toList())
                    + "\n}\n";
        }
    }
}

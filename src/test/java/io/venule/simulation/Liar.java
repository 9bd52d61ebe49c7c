package io.venule.simulation;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Jws;
import io.venule.signing.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** What becomes of a pump's words on the wire when somebody has turned it: its memory stays true, and so does what it does. */
final class Liar {
    private static final SigningKey STRANGER = SigningKey.ofSeed(stranger());
    private static final JsonText ANOTHER =
            new JsonText(Digest.ofText("another record").hex());

    private final SigningKey own;
    private Lie lie = Lie.NONE;
    private boolean hasLied;
    private String lastReceipt = "";

    /** In which way it lies. */
    enum Lie {
        NONE,
        /** Records that another key signed. */
        STRANGE_RECORDS,
        /** Rightly signed records that do not follow the ones before, and a head to match: a log that forks. */
        ANOTHER_LOG,
        /** Challenges that another key signed. */
        STRANGE_CHALLENGES,
        /** The receipt before in the place of the one asked for. */
        OTHER_RECEIPTS
    }

    /** @param own the pump's record key, for one who has it */
    Liar(SigningKey own) {
        this.own = own;
    }

    private static byte[] stranger() {
        var seed = new byte[SigningKey.SEED_SIZE];
        Arrays.fill(seed, (byte) 99);
        return seed;
    }

    void turn(Lie to) {
        lie = to;
    }

    /** Whether anything false was ever said, so that there may be doubt. */
    boolean hasLied() {
        return hasLied;
    }

    String record(String text) {
        return switch (lie) {
            case NONE, STRANGE_CHALLENGES, OTHER_RECEIPTS -> text;
            case STRANGE_RECORDS -> lied(Jws.sign("pump-record+jws", payload(text), STRANGER));
            case ANOTHER_LOG ->
                OrderFacts.of(text).whole("seq") == 1
                        ? text
                        : lied(Jws.sign("pump-record+jws", with(payload(text), "prev"), own));
        };
    }

    List<String> records(List<String> texts) {
        return texts.stream().map(this::record).toList();
    }

    /** Epoch, last sequence and last hash. */
    List<String> head(List<String> head) {
        if (lie != Lie.ANOTHER_LOG) {
            return head;
        }
        var other = new ArrayList<>(head.subList(0, 2));
        other.add(lied(ANOTHER.value()));
        return List.copyOf(other);
    }

    String challenge(String text) {
        return lie == Lie.STRANGE_CHALLENGES ? lied(Jws.sign("pump-challenge+jws", payload(text), STRANGER)) : text;
    }

    /** Of an order's answer; what is no receipt stays so. */
    String receipt(String text) {
        if (text.isEmpty() || text.equals(lastReceipt)) {
            return text;
        }
        var before = lastReceipt;
        lastReceipt = text;
        return lie == Lie.OTHER_RECEIPTS && !before.isEmpty() ? lied(before) : text;
    }

    private String lied(String said) {
        hasLied = true;
        return said;
    }

    private static JsonObject payload(String text) {
        var bytes = Jws.unverifiedPayload(text).orElseThrow();
        return (JsonObject) ((CanonicalJson.Parsed.Ok) CanonicalJson.parseCanonical(bytes)).value();
    }

    private static JsonObject with(JsonObject said, String name) {
        var members = new TreeMap<String, Json>(said.members());
        members.put(name, ANOTHER);
        return new JsonObject(members);
    }
}

package io.venule.simulator;

import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Jws;
import io.venule.signing.SigningKey;
import io.venule.signing.VerifyingKey;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An order text for tests: dopamine 5 mcg/kg/min for 70 kg at 13.1 mL/h unless changed, member by member, so that a test can break
 * exactly one thing.
 */
public final class OrderDraft {
    private final SortedMap<String, Json> members;

    private OrderDraft(SortedMap<String, Json> members) {
        this.members = members;
    }

    /**
     * What a pump said, as far as an order repeats it.
     *
     * @param rate what the channel delivers, in mL/h
     */
    public record Situation(
            String serial,
            int channel,
            String epoch,
            String nonce,
            String state,
            long stateVersion,
            String rate,
            String running,
            long lastSequence,
            String lastOrder,
            long libraryCounter,
            String librarySha256) {}

    /** A good order for this situation, issued at {@code now}, in milliseconds. */
    public static OrderDraft dopamine(Situation pump, VerifyingKey recordKey, long now) {
        var draft = new OrderDraft(new TreeMap<>());
        return draft.with("ver", 1)
                .with("typ", "infusion-order")
                .with("iss", "test")
                .with("op", "program")
                .with("id", Digest.ofText(pump.nonce()).hex().substring(0, 32))
                .with(
                        "aud",
                        object().put("channel", pump.channel())
                                .put("epoch", pump.epoch())
                                .put("recordKey", recordKey.fingerprint())
                                .put("serial", pump.serial()))
                .with("seq", pump.lastSequence() + 1)
                .with("prev", pump.lastOrder())
                .with("iat", now)
                .with("nbf", now)
                .with("exp", now + 60_000)
                .with("nonce", pump.nonce())
                .with(
                        "expect",
                        object().put("rate", quantity("mL/h", pump.rate()))
                                .put("running", pump.running())
                                .put("state", pump.state())
                                .put("stateVersion", pump.stateVersion()))
                .with("drug", object().put("code", "dopamine").put("name", "DOPamine"))
                .with(
                        "concentration",
                        object().put("amount", quantity("mg", "400")).put("volume", quantity("mL", "250")))
                .with("dose", quantity("ug/kg/min", "5"))
                .with("weight", quantity("kg", "70"))
                .with("rate", quantity("mL/h", "13.1"))
                .with("vtbi", quantity("mL", "250"))
                .with("patient", Digest.ofText("patient").hex())
                .with("bag", Digest.ofText("bag").hex())
                .with("pairing", object().put("expires", now + 600_000).put("id", "a".repeat(32)))
                .with("lease", 1)
                .with("log", object().put("root", Digest.ofText("root")).put("size", 10))
                .approvedBy("nora")
                .inLibrary(pump.libraryCounter(), "dopamine/icu/standard", pump.librarySha256());
    }

    /** A good order to end the one of this text, for the situation that {@code fresh} was made for. */
    static OrderDraft end(String op, OrderDraft fresh, String targetText) {
        var target = PumpRig.payload(targetText);
        var now = ((Json.JsonWhole) fresh.member("iat")).value();
        return new OrderDraft(new TreeMap<>())
                .with("ver", 1)
                .with("typ", "infusion-order")
                .with("iss", "test")
                .with("op", op)
                .with("id", "e".repeat(32))
                .with("aud", fresh.member("aud"))
                .with("nonce", fresh.member("nonce"))
                .with("iat", now)
                .with("exp", now + 15_000)
                .with("target", object().put("hash", Digest.ofText(targetText)).put("id", PumpRig.text(target, "id")))
                .approvedBy("nora");
    }

    /** A good order to change the dopamine of this text to 7.6 mcg/kg/min, which is 19.9 mL/h. */
    static OrderDraft change(OrderDraft fresh, String targetText) {
        var target = PumpRig.payload(targetText);
        return fresh.without("drug", "concentration", "weight", "vtbi", "patient", "bag", "pairing")
                .with("op", "titrate")
                .with("target", object().put("hash", Digest.ofText(targetText)).put("id", PumpRig.text(target, "id")))
                .with("dose", quantity("ug/kg/min", "7.6"))
                .with("rate", quantity("mL/h", "19.9"));
    }

    /** A good order to give 80 mcg/kg of the dopamine of this text as a bolus, which is 3.5 mL, at 131 mL/h. */
    static OrderDraft bolus(OrderDraft fresh, String targetText) {
        return change(fresh, targetText)
                .with("op", "bolus")
                .with("dose", quantity("ug/kg", "80"))
                .with("weight", quantity("kg", "70"))
                .with("volume", quantity("mL", "3.5"))
                .with("rate", quantity("mL/h", "131"));
    }

    OrderDraft approvedBy(String... subjects) {
        return with(
                "approvals",
                Json.list(Arrays.stream(subjects).map(OrderDraft::approval).toList()));
    }

    private static JsonObject approval(String subject) {
        return object().put("acr", "silver")
                .put("authTime", 1)
                .put("displayed", Digest.ofText("shown"))
                .put("name", "Nurse " + subject)
                .put("role", "nurse")
                .put("subject", subject)
                .build();
    }

    OrderDraft inLibrary(long counter, String limitSet, String sha256) {
        return with(
                "library",
                object().put("counter", counter).put("limitSet", limitSet).put("sha256", sha256));
    }

    OrderDraft overridden(String reason) {
        var library = (JsonObject) member("library");
        var open = object();
        library.members().forEach(open::put);
        return with("library", open.put("override", reason));
    }

    public OrderDraft with(String name, Json value) {
        var changed = new TreeMap<>(members);
        changed.put(name, value);
        return new OrderDraft(changed);
    }

    OrderDraft with(String name, String value) {
        return with(name, Json.text(value));
    }

    OrderDraft with(String name, long value) {
        return with(name, Json.whole(value));
    }

    OrderDraft with(String name, Json.ObjectBuilder value) {
        return with(name, value.build());
    }

    OrderDraft without(String... names) {
        var changed = new TreeMap<>(members);
        List.of(names).forEach(changed::remove);
        return new OrderDraft(changed);
    }

    /** The same order with one member of one of its objects changed. */
    OrderDraft inside(String name, String member, Json value) {
        var open = object();
        ((JsonObject) member(name)).members().forEach((key, old) -> open.put(key, key.equals(member) ? value : old));
        return with(name, open);
    }

    private Json member(String name) {
        var value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no member " + name);
        }
        return value;
    }

    JsonObject json() {
        return new JsonObject(members);
    }

    /** The signed text. */
    public String signedBy(SigningKey key) {
        var open = new TreeMap<>(members);
        open.putIfAbsent("kid", Json.text(key.id().hex()));
        return Jws.sign(OrderText.TYP, new JsonObject(open), key);
    }

    public static Json.ObjectBuilder object() {
        return Json.object();
    }

    public static JsonObject quantity(String unit, String value) {
        return object().put("unit", unit).put("value", value).build();
    }
}

package io.venule.simulator;

import static io.venule.simulator.OrderDraft.object;
import static io.venule.simulator.OrderDraft.quantity;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;

/**
 * The story that the contract's examples tell: a pump is switched on, is given keys and a library, refuses orders for every reason there
 * is, and delivers. Each kind of record and each rejection occurs.
 */
final class ExampleStory {
    private static final String ACCEPTED = "ACCEPTED";
    private static final String NURSE = "NURSE-7";
    private static final long HOUR = 3_600_000;

    private final ExampleScript script = new ExampleScript();

    private ExampleStory() {}

    /** Every file by its name. */
    static SortedMap<String, String> files() {
        var story = new ExampleStory();
        story.keys();
        ExampleLog.isWitnessed(story.script);
        story.library();
        story.signatures();
        story.forms();
        story.meanings();
        story.clocks();
        story.limits();
        story.infusion();
        story.afterwards();
        ExampleLog.isWitnessedAfterOrders(story.script);
        story.others();
        story.ends();
        story.machine();
        story.secondStart();
        story.revocations();
        return story.script.files();
    }

    private void keys() {
        var keys = ExampleKeys.ward(ExamplePump.START);
        script.trusts("order", ExampleScript.certificate(ExampleKeys.ORDER, ExamplePump.WARD, 0), ACCEPTED);
        script.trusts("pharmacist", keys.certificates().get(1), ACCEPTED);
        script.trusts("colleague", keys.certificates().get(2), ACCEPTED);
        script.trusts(
                "AUDIENCE-another-ward", ExampleScript.certificate(ExampleKeys.OTHER_WARD, "ward-9", 0), "AUDIENCE");
        script.trusts(
                "EXPIRED-yesterday", ExampleScript.certificate(ExampleKeys.EXPIRED, ExamplePump.WARD, 2), "EXPIRED");
        script.trusts(
                "SIGNATURE-by-a-stranger",
                new WardKeys(
                                ExampleKeys.STRANGER,
                                ExampleKeys.STRANGER,
                                ExampleKeys.STRANGER,
                                ExampleKeys.STRANGER,
                                ExamplePump.START)
                        .certificates()
                        .getFirst(),
                "SIGNATURE");
        script.trusts("MALFORMED-noise", "noise", "MALFORMED");
    }

    /** A key that was stolen is believed until the root's list names it, and never again. */
    private void revocations() {
        var list = ExampleScript.revocations(2, ExampleKeys.ROOT, ExampleKeys.STOLEN);
        script.trusts("stolen", ExampleScript.certificate(ExampleKeys.STOLEN, ExamplePump.WARD, 0), ACCEPTED);
        script.revokes("MALFORMED-noise", "noise", "MALFORMED");
        script.revokes(
                "SIGNATURE-by-an-order-key",
                ExampleScript.revocations(1, ExampleKeys.ORDER, ExampleKeys.STOLEN),
                "SIGNATURE");
        script.revokes("stolen", list, ACCEPTED);
        script.revokes(
                "ROLLBACK-older", ExampleScript.revocations(1, ExampleKeys.ROOT, ExampleKeys.STOLEN), "ROLLBACK");
        script.revokes("ROLLBACK-forgets-a-key", ExampleScript.revocations(3, ExampleKeys.ROOT), "ROLLBACK");
        script.asks(object().put("do", "RevokeKeys").put("file", "revocations/stolen.jws"), Json.text(ACCEPTED));
        script.asks(object().put("do", "TrustKey").put("file", "certificates/stolen.jws"), Json.text("SIGNATURE"));
        bySomebodyElse("by a revoked key", ExampleKeys.STOLEN);
        script.does("switch off and on", step -> step);
        bySomebodyElse("by a revoked key after a reboot", ExampleKeys.STOLEN);
    }

    private void library() {
        script.library("library", 2, List.of("anna"), "SIGNATURE");
        script.commits("library/library", List.of("anna", "carl-with-annas-key"), "SIGNATURE");
        script.commits("library/library", List.of("anna", "dora-with-an-order-key"), "SIGNATURE");
        script.commits("library/library", List.of("anna", "ben"), ACCEPTED);
        script.library("older", 1, List.of("anna", "ben"), "ROLLBACK");
    }

    private void signatures() {
        bySomebodyElse("by a stranger", ExampleKeys.STRANGER);
        bySomebodyElse("by a pharmacist", ExampleKeys.PHARMACIST);
        bySomebodyElse("by the order key of another ward", ExampleKeys.OTHER_WARD);
        bySomebodyElse("by the root itself", ExampleKeys.ROOT);
        withHeader("algorithm EdDSA", "{\"alg\":\"EdDSA\",\"kid\":\"KID\",\"typ\":\"infusion-order+jws\"}");
        withHeader("algorithm none", "{\"alg\":\"none\",\"kid\":\"KID\",\"typ\":\"infusion-order+jws\"}");
        withHeader("header in another order", "{\"kid\":\"KID\",\"alg\":\"Ed25519\",\"typ\":\"infusion-order+jws\"}");
        withHeader("another type", "{\"alg\":\"Ed25519\",\"kid\":\"KID\",\"typ\":\"pump-record+jws\"}");
        var good = script.order("SIGNATURE-one-bit-changed").signedBy(ExampleKeys.ORDER);
        script.submitsText("SIGNATURE", "one bit changed", withOtherSignature(good, 0, 1));
        var malleable = script.order("SIGNATURE-highest-bit-of-the-signature").signedBy(ExampleKeys.ORDER);
        script.submitsText("SIGNATURE", "highest bit of the signature", withOtherSignature(malleable, 63, 0x80));
    }

    private void bySomebodyElse(String what, SigningKey key) {
        var order = script.order("SIGNATURE-" + what.replace(' ', '-'));
        script.submitsText("SIGNATURE", what, order.signedBy(key));
    }

    /** Signed rightly, but over another header than the contract's. */
    private void withHeader(String what, String header) {
        var order = script.order("SIGNATURE-" + what.replace(' ', '-'));
        var key = ExampleKeys.ORDER;
        var payload = CanonicalJson.write(order.with("kid", key.id().hex()).json());
        var input = base64(header.replace("KID", key.id().hex()).getBytes(StandardCharsets.US_ASCII))
                + "."
                + base64(payload);
        script.submitsText(
                "SIGNATURE", what, input + "." + base64(key.sign(input.getBytes(StandardCharsets.US_ASCII))));
    }

    private static String withOtherSignature(String good, int at, int bits) {
        var dot = good.lastIndexOf('.') + 1;
        var signature = Base64.getUrlDecoder().decode(good.substring(dot));
        signature[at] ^= (byte) bits;
        return good.substring(0, dot) + base64(signature);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void forms() {
        payload("member twice", "\"ver\":1", "\"ver\":1,\"ver\":1");
        payload("unknown member", "\"ver\":1", "\"vee\":1,\"ver\":1");
        payload("number with a fraction", "\"lease\":7", "\"lease\":7.0");
        payload("number with an exponent", "\"lease\":7", "\"lease\":7e0");
        payload("number as text", "\"lease\":7", "\"lease\":\"7\"");
        payload("number beyond 2 to the 53", "\"lease\":7", "\"lease\":9007199254740993");
        payload("space", "\"lease\":7", "\"lease\": 7");
        payload("needless escape", "DOPamine", "\\u0044OPamine");
        payload("true", "\"lease\":7", "\"lease\":true");
        payload("look-alike letter in a name", "\"lease\":7", "\"l\u0435ase\":7");
        payload("trailing zero", "\"value\":\"13.1\"", "\"value\":\"13.10\"");
        payload("plus sign", "\"value\":\"13.1\"", "\"value\":\"+13.1\"");
        script.submitsPayload("MALFORMED", "byte-order mark", text -> "\uFEFF" + text);
        script.submitsPayload("MALFORMED", "something after the end", text -> text + "{}");
        script.submitsPayload("MALFORMED", "cut short", text -> text.substring(0, text.length() - 1));
        script.submitsPayload("MALFORMED", "too long", text -> text + " ".repeat(16 << 10));
        var padded = script.order("MALFORMED-padded-base64").signedBy(ExampleKeys.ORDER);
        script.submitsText("MALFORMED", "padded base64", padded + "==");
        var lined = script.order("MALFORMED-line-end").signedBy(ExampleKeys.ORDER);
        script.submitsText("MALFORMED", "line end", lined + "\n");
        script.submitsText("MALFORMED", "noise", "noise");
    }

    private void payload(String what, String old, String changed) {
        script.submitsPayload("MALFORMED", what, text -> {
            var at = text.lastIndexOf(old);
            return at < 0 ? text : text.substring(0, at) + changed + text.substring(at + old.length());
        });
    }

    private void meanings() {
        var other = Digest.ofText("other").hex();
        script.submits("MALFORMED", "missing member", o -> o.without("patient"));
        script.submits("MALFORMED", "unknown operation", o -> o.with("op", "faster"));
        script.submits("MALFORMED", "one person twice", o -> o.approvedBy("nora", "nora"));
        script.submits("MALFORMED", "valid for 60001 ms", o -> o.with("exp", issued(o) + 60_001));
        script.submits("AUDIENCE", "another serial", o -> o.inside("aud", "serial", Json.text("LV-00002")));
        script.submits("AUDIENCE", "another channel", o -> o.inside("aud", "channel", Json.whole(2)));
        script.submits("AUDIENCE", "another record key", o -> o.inside("aud", "recordKey", Json.text(other)));
        script.submits("SEQUENCE", "a number too far", o -> o.with("seq", 2));
        script.submits("SEQUENCE", "another order before", o -> o.with("prev", other));
        script.submits("NONCE", "never given", o -> o.with("nonce", "0".repeat(32)));
        script.submits("EXPECTATION", "another state", o -> o.inside("expect", "state", Json.text("RUNNING")));
        script.submits("EXPECTATION", "another version", o -> o.inside("expect", "stateVersion", Json.whole(99)));
        script.submits("LIBRARY", "an older release", o -> o.inside("library", "counter", Json.whole(1)));
        script.submits("LIBRARY", "another hash", o -> o.inside("library", "sha256", Json.text(other)));
        script.submits(
                "LIBRARY", "no such limit set", o -> o.inside("library", "limitSet", Json.text("dopamine/icu/none")));
        script.submits("PATIENT", "a pairing that ran out", o -> o.inside("pairing", "expires", Json.whole(1)));
    }

    private void clocks() {
        script.submits(
                "NOT_YET",
                "one millisecond early",
                o -> o.with("nbf", ExamplePump.START.plusMillis(1).toEpochMilli()));
        var old = script.order("NONCE-30-seconds-old").signedBy(ExampleKeys.ORDER);
        script.waits(30_000);
        script.submitsText("NONCE", "30 seconds old", old);
        var older = script.order("EXPIRED-60-seconds-old").signedBy(ExampleKeys.ORDER);
        script.waits(60_000);
        script.submitsText("EXPIRED", "60 seconds old", older);
    }

    private void limits() {
        script.submits(
                "LIMIT",
                "above the hard limit",
                o -> o.with("dose", quantity("ug/kg/min", "31")).with("rate", quantity("mL/h", "81.3")));
        script.submits("LIMIT", "soft limit without a reason", ExampleStory::high);
        script.submits("LIMIT", "rate that is not the dose", o -> o.with("rate", quantity("mL/h", "13.2")));
        script.submits("LIMIT", "rate between two steps", o -> o.with("rate", quantity("mL/h", "13.12")));
        script.submits(
                "LIMIT",
                "another strength",
                o -> o.with(
                                "concentration",
                                object().put("amount", quantity("mg", "200")).put("volume", quantity("mL", "250")))
                        .with("rate", quantity("mL/h", "26.2")));
    }

    private static OrderDraft high(OrderDraft order) {
        return order.with("dose", quantity("ug/kg/min", "25")).with("rate", quantity("mL/h", "65.6"));
    }

    private void infusion() {
        script.submits(ACCEPTED, "by weight", o -> o);
        script.submitsAgain(ACCEPTED, "by weight");
        script.answered(
                object().put("do", "ReadReceipt").put("channel", 1).put("order", orderId()),
                "receipts/ACCEPTED-by-weight.jws");
        script.waits(5_000);
        does("start");
        script.waits(HOUR);
        script.submits("BUSY", "while it runs", o -> o);
        script.does("set rate", step -> step.put("channel", 1).put("rate", "20").put("who", NURSE));
        script.does("pause", step -> step.put("channel", 1));
        script.does("resume", step -> step.put("channel", 1));
        script.does("door", step -> step.put("channel", 1).put("open", 1));
        script.does("door", step -> step.put("channel", 1).put("open", 0));
        script.does("resume", step -> step.put("channel", 1));
        script.does(
                "alarm",
                step -> step.put("channel", 1).put("alarm", "OCCLUSION").put("on", 1));
        script.does(
                "alarm",
                step -> step.put("channel", 1).put("alarm", "OCCLUSION").put("on", 0));
        script.does("resume", step -> step.put("channel", 1));
        script.waits(2 * HOUR);
        does("stop");
        does("stop");
    }

    private String orderId() {
        return PumpRig.text(script.said("orders/ACCEPTED-by-weight.jws"), "id");
    }

    private void does(String key) {
        script.does(key, step -> step.put("channel", 1).put("who", NURSE));
    }

    private void afterwards() {
        var id = orderId();
        script.submits("REPLAY", "another text with a known id", o -> o.with("id", id));
        script.submits("LEASE", "lower than before", o -> o.with("lease", 6));
        script.submits("ROLLBACK", "a smaller log", o -> o.inside("log", "size", Json.whole(9)));
        script.submits(
                "ROLLBACK",
                "another root of the same size",
                o -> o.inside(
                        "log", "root", Json.text(Digest.ofText("rewritten").hex())));
    }

    private void others() {
        script.submits(ACCEPTED, "with a reason", o -> high(o).overridden("poor response, consultant informed"));
        script.waits(60_000);
        script.submits(ACCEPTED, "two people", o -> o.approvedBy("nora", "omar").inside("log", "size", Json.whole(11)));
        does("stop");
        script.submits(ACCEPTED, "over a time", ExampleStory::ceftriaxone);
        does("stop");
        script.submits(ACCEPTED, "plain fluid", ExampleStory::saline);
        does("stop");
    }

    private void ends() {
        var taken = "orders/ACCEPTED-to-be-taken-back.jws";
        script.submits(ACCEPTED, "to be taken back", ExampleStory::late);
        script.submitsEnd("EXPECTATION", "cancel another order", "cancel", "orders/ACCEPTED-by-weight.jws", o -> o);
        script.submitsEnd(ACCEPTED, "cancel what waits", "cancel", taken, o -> o.with("reason", "wrong bag"));
        var stopped = "orders/ACCEPTED-to-be-stopped.jws";
        script.submits(ACCEPTED, "to be stopped", ExampleStory::late);
        does("start");
        script.waits(60_000);
        changes(stopped);
        script.submitsEnd("EXPECTATION", "cancel what runs", "cancel", stopped, o -> o);
        script.submitsEnd(
                "MALFORMED", "stop valid for 15001 ms", "stop", stopped, o -> o.with("exp", issued(o) + 15_001));
        script.submitsEnd(
                "NONCE", "stop with a nonce never given", "stop", stopped, o -> o.with("nonce", "0".repeat(32)));
        script.submitsEnd(
                "AUDIENCE",
                "stop for another channel",
                "stop",
                stopped,
                o -> o.inside("aud", "channel", Json.whole(2)));
        script.submitsEnd(ACCEPTED, "stop what runs", "stop", stopped, o -> o.with("reason", "line trouble"));
        does("stop");
        script.submitsEnd("EXPECTATION", "stop what has ended", "stop", stopped, o -> o);
    }

    private void changes(String running) {
        var another = "orders/ACCEPTED-by-weight.jws";
        script.submitsChange("EXPECTATION", "change of another order", another, ExampleStory::late);
        script.submitsChange(
                "MALFORMED",
                "change of the drug",
                running,
                o -> late(o).with("drug", object().put("code", "dopamine").put("name", "DOPamine")));
        script.submitsChange(
                "LIMIT",
                "change above the hard limit",
                running,
                o -> late(o).with("dose", quantity("ug/kg/min", "31")).with("rate", quantity("mL/h", "81.3")));
        script.submitsChange(ACCEPTED, "change to be taken back", running, ExampleStory::late);
        script.submitsChange("BUSY", "change while another waits", running, ExampleStory::late);
        var waiting = "orders/ACCEPTED-change-to-be-taken-back.jws";
        script.submitsEnd(ACCEPTED, "cancel the change that waits", "cancel", waiting, o -> o);
        script.submitsChange(ACCEPTED, "change of the rate", running, ExampleStory::late);
        does("start");
        ExampleBolus.areGiven(script, running);
    }

    static OrderDraft late(OrderDraft order) {
        return order.inside("log", "size", Json.whole(12));
    }

    private static long issued(OrderDraft order) {
        return ((Json.JsonWhole) PumpRig.member(order.json(), "iat")).value();
    }

    private void machine() {
        script.does("power", step -> step.put("battery", 15).put("mains", 0));
        script.does("power", step -> step.put("battery", 16).put("mains", 1));
        script.does("set clock", step -> step.put("shift", -1_500));
        script.readsRecords(1);
    }

    private static OrderDraft ceftriaxone(OrderDraft order) {
        return order.without("weight")
                .with("drug", object().put("code", "ceftriaxone").put("name", "cefTRIAXone"))
                .inside("library", "limitSet", Json.text("ceftriaxone/icu/standard"))
                .inside("log", "size", Json.whole(11))
                .with(
                        "concentration",
                        object().put("amount", quantity("g", "2")).put("volume", quantity("mL", "50")))
                .with("dose", quantity("g", "2"))
                .with("duration", quantity("min", "30"))
                .with("rate", quantity("mL/h", "100"));
    }

    private static OrderDraft saline(OrderDraft order) {
        return order.without("weight", "dose", "concentration")
                .with("drug", object().put("code", "saline").put("name", "saline"))
                .inside("library", "limitSet", Json.text("saline/icu/standard"))
                .inside("log", "size", Json.whole(11))
                .with("rate", quantity("mL/h", "80"))
                .with("vtbi", quantity("mL", "500"));
    }

    private void secondStart() {
        var order = script.order("AUDIENCE-made-before-it-was-switched-on").signedBy(ExampleKeys.ORDER);
        script.does("switch off and on", step -> step);
        script.submitsText("AUDIENCE", "made before it was switched on", order);
        script.readsRecords(2);
    }
}

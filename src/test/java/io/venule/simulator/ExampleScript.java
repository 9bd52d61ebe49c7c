package io.venule.simulator;

import static io.venule.simulator.OrderDraft.object;
import static io.venule.simulator.OrderDraft.quantity;
import static io.venule.simulator.PumpRig.text;
import static io.venule.simulator.PumpRig.whole;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.ObjectBuilder;
import io.venule.signing.Jws;
import io.venule.signing.KeyRole;
import io.venule.signing.Revocations;
import io.venule.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Writes down what is said between a server and one pump: each text as a file, each step as a line of the transcript. */
final class ExampleScript {
    private final SortedMap<String, String> files = new TreeMap<>();
    private final List<JsonObject> steps = new ArrayList<>();
    private final ExamplePump pump = new ExamplePump(this::file);

    private byte[] file(String name) {
        var content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /** Every file of the examples by its name, README apart. */
    SortedMap<String, String> files() {
        files.put("keys.json", ExampleKeys.text());
        files.put(
                "transcript.json",
                ExampleKeys.Lines.of(
                        object().put("serial", ExamplePump.SERIAL)
                                .put("channels", 2)
                                .put("start", ExamplePump.START.toEpochMilli())
                                .put("ward", ExamplePump.WARD)
                                .build(),
                        "steps",
                        steps));
        return new TreeMap<>(files);
    }

    /** A step that somebody at the pump does, or time. */
    void does(String what, UnaryOperator<ObjectBuilder> details) {
        var step = details.apply(object().put("do", what)).build();
        pump.doStep(step);
        steps.add(step);
    }

    void waits(long milliseconds) {
        does("wait", step -> step.put("milliseconds", milliseconds));
    }

    /** A step with a plain answer, which must be this one. */
    void asks(ObjectBuilder step, Json answer) {
        var said = pump.doStep(step.build());
        if (!said.equals(new ExamplePump.Said.Plain(answer))) {
            throw new AssertionError(said + " to " + step.build());
        }
        steps.add(step.put("answer", answer).build());
    }

    void trusts(String name, String certificate, String answer) {
        files.put("certificates/" + name + ".jws", certificate);
        asks(object().put("do", "TrustKey").put("file", "certificates/" + name + ".jws"), Json.text(answer));
    }

    void revokes(String name, String list, String answer) {
        files.put("revocations/" + name + ".jws", list);
        asks(object().put("do", "RevokeKeys").put("file", "revocations/" + name + ".jws"), Json.text(answer));
    }

    static String revocations(long counter, SigningKey by, SigningKey... keys) {
        var ids = Arrays.stream(keys).map(SigningKey::id).toList();
        return new Revocations(counter, ExamplePump.START, ids).signedBy(by);
    }

    /** Shows a checkpoint; what the pump answers must begin with this result. */
    void witnesses(String result, String what, String request) {
        var file = "checkpoints/" + name(result, what) + ".txt";
        files.put(file, request);
        var step = object().put("do", "WitnessCheckpoint").put("file", file);
        if (!(pump.doStep(step.build()) instanceof ExamplePump.Said.Plain(JsonObject answer))
                || !text(answer, "result").equals(result)) {
            throw new AssertionError("another answer to " + file);
        }
        steps.add(step.put("answer", answer).build());
    }

    static String certificate(SigningKey key, String scope, long ageDays) {
        return ExampleKeys.ward(ExamplePump.START.minus(Duration.ofDays(ageDays)))
                .certificate(key, KeyRole.ORDER, scope);
    }

    /** Transfers a library and commits it with each list of signatures in turn, of which the last decides. */
    void library(String name, long counter, List<String> signers, String answer) {
        var library = LibraryText.releaseWithBolus(counter, "never");
        var path = "library/" + name;
        files.put(path + ".json", new String(library, StandardCharsets.UTF_8));
        asks(
                object().put("do", "BeginLibrary")
                        .put("counter", counter)
                        .put("sha256", Digest.of(library))
                        .put("size", library.length),
                Json.whole(0));
        asks(
                object().put("do", "WriteLibrary").put("file", path + ".json").put("offset", 0),
                Json.whole(library.length));
        var keys = ExampleKeys.ward(ExamplePump.START);
        files.put(path + "-anna.jws", keys.release(counter, library, ExampleKeys.PHARMACIST, "anna"));
        files.put(path + "-ben.jws", keys.release(counter, library, ExampleKeys.COLLEAGUE, "ben"));
        files.put(path + "-carl-with-annas-key.jws", keys.release(counter, library, ExampleKeys.PHARMACIST, "carl"));
        files.put(path + "-dora-with-an-order-key.jws", keys.release(counter, library, ExampleKeys.ORDER, "dora"));
        commits(path, signers, answer);
    }

    void commits(String path, List<String> signers, String answer) {
        asks(
                object().put("do", "CommitLibrary")
                        .put(
                                "files",
                                Json.texts(signers.stream()
                                        .map(signer -> path + "-" + signer + ".jws")
                                        .toList())),
                Json.text(answer));
    }

    /** Asks for a challenge and drafts a good order that fits it. */
    OrderDraft order(String name) {
        var file = "challenges/" + name + ".jws";
        var said = PumpRig.payload(answered(object().put("do", "GetChallenge").put("channel", 1), file));
        var library = (JsonObject) PumpRig.member(said, "library");
        return OrderDraft.dopamine(
                        new OrderDraft.Situation(
                                ExamplePump.SERIAL,
                                1,
                                text(said, "epoch"),
                                text(said, "nonce"),
                                text(said, "state"),
                                whole(said, "stateVersion"),
                                text((JsonObject) PumpRig.member(said, "rate"), "value"),
                                text(said, "running"),
                                whole(said, "lastSeq"),
                                text(said, "lastOrder"),
                                whole(library, "counter"),
                                text(library, "sha256")),
                        pump.brain().recordPublicKey(),
                        pump.now())
                .with("iss", "venule.example")
                .with("lease", 7)
                .with("vtbi", quantity("mL", "50"));
    }

    /** Submits a good order with something changed; the receipt must say this code. */
    void submits(String code, String what, UnaryOperator<OrderDraft> change) {
        var name = name(code, what);
        submitsText(code, what, change.apply(order(name)).signedBy(ExampleKeys.ORDER));
    }

    /** Submits a good order whose payload was changed as text before it was signed. */
    void submitsPayload(String code, String what, UnaryOperator<String> change) {
        submitsText(code, what, signedPayload(order(name(code, what)), change));
    }

    /** Submits an order to change the rate of the one in {@code target}, with something changed. */
    void submitsChange(String code, String what, String target, UnaryOperator<OrderDraft> change) {
        var text = new String(file(target), StandardCharsets.US_ASCII);
        var draft = OrderDraft.change(order(name(code, what)), text);
        submitsText(code, what, change.apply(draft).signedBy(ExampleKeys.ORDER));
    }

    /** Submits a bolus from what {@code target} runs, with something changed. */
    void submitsBolus(String code, String what, String target, UnaryOperator<OrderDraft> change) {
        var text = new String(file(target), StandardCharsets.US_ASCII);
        var draft = OrderDraft.bolus(order(name(code, what)), text);
        submitsText(code, what, change.apply(draft).signedBy(ExampleKeys.ORDER));
    }

    /** Submits an order to end the one in {@code target}, with something changed. */
    void submitsEnd(String code, String what, String op, String target, UnaryOperator<OrderDraft> change) {
        var fresh = order(name(code, what));
        var end = OrderDraft.end(op, fresh, new String(file(target), StandardCharsets.US_ASCII))
                .with("id", PumpRig.member(fresh.json(), "id"))
                .with("iss", PumpRig.member(fresh.json(), "iss"));
        submitsText(code, what, change.apply(end).signedBy(ExampleKeys.ORDER));
    }

    static String signedPayload(OrderDraft order, UnaryOperator<String> change) {
        var payload = CanonicalJson.text(
                order.with("kid", ExampleKeys.ORDER.id().hex()).json());
        var changed = change.apply(payload);
        if (changed.equals(payload)) {
            throw new AssertionError("nothing was changed");
        }
        return Jws.sign(OrderText.TYP, changed.getBytes(StandardCharsets.UTF_8), ExampleKeys.ORDER);
    }

    void submitsText(String code, String what, String text) {
        var name = name(code, what);
        files.put("orders/" + name + ".jws", text);
        submitsAgain(code, what);
    }

    void submitsAgain(String code, String what) {
        var name = name(code, what);
        var step = object().put("do", "SubmitOrder")
                .put("channel", 1)
                .put("code", code)
                .put("file", "orders/" + name + ".jws");
        var receipt = answered(step, "receipts/" + name + ".jws");
        if (!PumpRig.code(PumpRig.payload(receipt)).equals(code)) {
            throw new AssertionError(name + " got " + PumpRig.code(PumpRig.payload(receipt)));
        }
    }

    private static String name(String code, String what) {
        return code + "-" + what.replace(' ', '-');
    }

    /** What the pump signs for this step; kept as this file, and the same again if that file is there already. */
    String answered(ObjectBuilder step, String file) {
        var json = step.put("answer", file).build();
        if (!(pump.doStep(json) instanceof ExamplePump.Said.Signed(var texts))) {
            throw new AssertionError("a signed text was expected");
        }
        var before = files.put(file, texts.getFirst());
        if (before != null && !before.equals(texts.getFirst())) {
            throw new AssertionError("another answer than before: " + file);
        }
        steps.add(json);
        return texts.getFirst();
    }

    /** Reads back the running epoch's records; {@code boot} is how often the pump was switched on. */
    void readsRecords(int boot) {
        var head = pump.brain().recordHead();
        var step = object().put("do", "ReadRecords")
                .put("epoch", head.epoch())
                .put("fromSequence", 1)
                .put("max", 1_000);
        if (!(pump.doStep(step.build()) instanceof ExamplePump.Said.Signed(var texts))) {
            throw new AssertionError("records were expected");
        }
        var names = new ArrayList<String>();
        for (var text : texts) {
            var record = PumpRig.payload(text);
            names.add("records/%d-%03d-%s.jws"
                    .formatted(boot, whole(record, "seq"), text((JsonObject) PumpRig.member(record, "event"), "type")));
            files.put(names.getLast(), text);
        }
        steps.add(step.put("answer", Json.texts(names)).build());
    }

    /** The payload of what the pump said in this file. */
    JsonObject said(String file) {
        return PumpRig.payload(new String(file(file), StandardCharsets.US_ASCII));
    }
}

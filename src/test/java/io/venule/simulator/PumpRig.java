package io.venule.simulator;

import io.venule.pump.PumpModel;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import io.venule.signing.Jws;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** A switched-on pump without network, whose time stands still until it is told otherwise. */
final class PumpRig {
    static final String SERIAL = "LV-00001";

    private final Time time = new Time();
    private PumpMemory memory = PumpMemory.inRam();
    private final SplittableRandom random = new SplittableRandom(7);
    private final WardKeys keys = WardKeys.create(time.instant());
    private final int factor;
    private PumpBrain brain;

    private PumpRig(int factor) {
        this.factor = factor;
        this.brain = switchOn();
        trustKeys();
    }

    private void trustKeys() {
        keys.certificates().forEach(certificate -> brain.trustKey(bytes(certificate)));
    }

    /** Without a library. */
    static PumpRig empty() {
        return new PumpRig(1);
    }

    static PumpRig faster(int factor) {
        var rig = new PumpRig(factor);
        rig.load(LibraryText.release(1), 1);
        return rig;
    }

    static PumpRig inRealTime() {
        return faster(1);
    }

    private static final class Time implements InstantSource {
        private Instant now = Instant.parse("2026-11-21T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }
    }

    private PumpBrain switchOn() {
        return new PumpBrain(
                PumpPlate.of(SERIAL, "A1001", PumpModel.LARGE_VOLUME, 2),
                new PumpBrain.Power(keys.root().verifyingKey(), memory, time, random, factor));
    }

    void reboot() {
        brain = switchOn();
    }

    /** Forgets everything, but for its record key if so wished; then it gets keys and library as a new pump does. */
    void resetToFactory(boolean keepsRecordKey) {
        var emptied = PumpMemory.inRam();
        if (keepsRecordKey) {
            emptied.replace("record-key", memory.lines("record-key"));
        }
        memory = emptied;
        brain = switchOn();
        trustKeys();
        load(LibraryText.release(1), 1);
    }

    String load(byte[] library, long counter) {
        brain.beginLibrary(counter, Digest.of(library).hex(), library.length);
        var offset = 0L;
        while (offset < library.length) {
            var block = Arrays.copyOfRange(library, (int) offset, (int) Math.min(library.length, offset + 700));
            offset = brain.writeLibrary(offset, block);
        }
        return brain.commitLibrary(
                keys.release(counter, library).stream().map(PumpRig::bytes).toList());
    }

    PumpBrain brain() {
        return brain;
    }

    WardKeys keys() {
        return keys;
    }

    long now() {
        return time.instant().toEpochMilli();
    }

    void pass(long millis) {
        time.now = time.now.plusMillis(millis);
    }

    JsonObject challenge() {
        return payload(new String(brain.challenge(1), StandardCharsets.US_ASCII));
    }

    /** A good order for channel 1 as it stands. */
    OrderDraft order() {
        var said = challenge();
        var library = (JsonObject) member(said, "library");
        return OrderDraft.dopamine(
                new OrderDraft.Situation(
                        SERIAL,
                        1,
                        text(said, "epoch"),
                        text(said, "nonce"),
                        text(said, "state"),
                        whole(said, "stateVersion"),
                        text((JsonObject) member(said, "rate"), "value"),
                        text(said, "running"),
                        whole(said, "lastSeq"),
                        text(said, "lastOrder"),
                        whole(library, "counter"),
                        text(library, "sha256")),
                brain.recordPublicKey(),
                now());
    }

    /** Submits to channel 1 and gives the receipt's payload, after checking its signature. */
    JsonObject submit(OrderDraft draft) {
        return submit(draft.signedBy(keys.order()));
    }

    JsonObject submit(String text) {
        var receipt = new String(brain.submitOrder(1, bytes(text)), StandardCharsets.US_ASCII);
        if (!(Jws.verify(receipt, "pump-receipt+jws", brain.recordPublicKey()) instanceof Jws.Verification.Verified)) {
            throw new AssertionError("a receipt that its pump did not sign");
        }
        return payload(receipt);
    }

    /** The receipt's code; {@code ACCEPTED} where there is none. */
    String codeFor(OrderDraft draft) {
        return code(submit(draft));
    }

    static String code(JsonObject receipt) {
        var code = text(receipt, "code");
        return code.isEmpty() ? text(receipt, "result") : code;
    }

    PumpView.Channel channel() {
        return brain.view().channel(1);
    }

    /** The {@code event} of every record of the running epoch. */
    List<JsonObject> events() {
        return records().stream()
                .map(record -> (JsonObject) member(payload(record), "event"))
                .toList();
    }

    List<String> types() {
        return events().stream().map(event -> text(event, "type")).toList();
    }

    List<String> records() {
        return brain.readRecords(brain.recordHead().epoch(), 1, 1_000).stream()
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .toList();
    }

    static JsonObject payload(String signed) {
        var bytes = Base64.getUrlDecoder().decode(signed.split("\\.", -1)[1]);
        if (CanonicalJson.parseCanonical(bytes) instanceof CanonicalJson.Parsed.Ok(JsonObject object)) {
            return object;
        }
        throw new AssertionError("not canonical");
    }

    static Json member(JsonObject object, String name) {
        return Objects.requireNonNull(object.members().get(name), name);
    }

    static String text(JsonObject object, String name) {
        return ((JsonText) member(object, name)).value();
    }

    static long whole(JsonObject object, String name) {
        return ((JsonWhole) member(object, name)).value();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

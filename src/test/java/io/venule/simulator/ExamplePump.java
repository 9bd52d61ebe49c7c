package io.venule.simulator;

import static io.venule.simulator.PumpRig.text;
import static io.venule.simulator.PumpRig.whole;

import io.venule.pump.AlarmKind;
import io.venule.pump.PumpModel;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** The pump of the contract's examples: fixed keys, fixed chance, time that stands still. Does one step of the transcript at a time. */
final class ExamplePump {
    static final String SERIAL = "LV-00001";
    static final String WARD = "icu";
    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private final Time time = new Time();
    private final PumpMemory memory = PumpMemory.inRam();
    private final ExampleRandom random = new ExampleRandom();
    private final Function<String, byte[]> files;
    private PumpBrain brain;

    private static final class Time implements InstantSource {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** What the pump answered: a plain value, or signed texts. */
    sealed interface Said {
        record Plain(Json value) implements Said {}

        record Signed(List<String> texts) implements Said {}
    }

    /**
     * @param files reads a file of the examples by its name
     */
    ExamplePump(Function<String, byte[]> files) {
        this.files = files;
        memory.replace("record-key", List.of(ExampleKeys.seed("record").hex()));
        this.brain = switchOn();
    }

    private PumpBrain switchOn() {
        return new PumpBrain(
                new PumpPlate(SERIAL, "A1001", PumpModel.LARGE_VOLUME, 2, WARD, "Venule simulator", "1.0.0"),
                new PumpBrain.Power(ExampleKeys.ROOT.verifyingKey(), memory, time, random, 1));
    }

    PumpBrain brain() {
        return brain;
    }

    long now() {
        return time.now.toEpochMilli();
    }

    /** Does what the step says. */
    Said doStep(JsonObject step) {
        return switch (text(step, "do")) {
            case "GetChallenge" -> signed(brain.challenge(channel(step)));
            case "SubmitOrder" -> signed(brain.submitOrder(channel(step), file(step)));
            case "ReadReceipt" -> signed(brain.readReceipt(channel(step), text(step, "order")));
            case "ReadRecords" ->
                new Said.Signed(
                        brain
                                .readRecords(text(step, "epoch"), whole(step, "fromSequence"), (int) whole(step, "max"))
                                .stream()
                                .map(ExamplePump::ascii)
                                .toList());
            case "WitnessCheckpoint" -> new Said.Plain(witnessed(brain.witnessCheckpoint(file(step))));
            case "TrustKey" -> new Said.Plain(Json.text(brain.trustKey(file(step))));
            case "RevokeKeys" -> new Said.Plain(Json.text(brain.revokeKeys(file(step))));
            case "CommitLibrary" -> new Said.Plain(Json.text(brain.commitLibrary(files(step))));
            case "BeginLibrary" ->
                new Said.Plain(Json.whole(
                        brain.beginLibrary(whole(step, "counter"), text(step, "sha256"), whole(step, "size"))));
            case "WriteLibrary" -> new Said.Plain(Json.whole(brain.writeLibrary(whole(step, "offset"), file(step))));
            default -> new Said.Plain(Json.text(press(step)));
        };
    }

    private static Json witnessed(CheckpointWatch.Answer answer) {
        return Json.object()
                .put("result", answer.result())
                .put("size", answer.size())
                .put("text", answer.text())
                .build();
    }

    private String press(JsonObject step) {
        var pressed = switch (text(step, "do")) {
            case "wait" -> waited(whole(step, "milliseconds"));
            case "switch off and on" -> rebooted();
            case "start" -> brain.start(channel(step), text(step, "who"));
            case "stop" -> brain.stop(channel(step), text(step, "who"));
            case "pause" -> brain.pause(channel(step));
            case "resume" -> brain.resume(channel(step));
            case "set rate" -> brain.setRate(channel(step), text(step, "rate"), text(step, "who"), true);
            case "door" -> brain.door(channel(step), whole(step, "open") == 1);
            case "alarm" -> brain.alarm(channel(step), AlarmKind.valueOf(text(step, "alarm")), whole(step, "on") == 1);
            case "power" -> brain.power((int) whole(step, "battery"), whole(step, "mains") == 1);
            case "set clock" -> brain.setClock(whole(step, "shift"));
            default -> throw new IllegalArgumentException("no such step: " + step);
        };
        return switch (pressed) {
            case Pressed.Done done -> "done";
            case Pressed.ConfirmFirst question -> throw new IllegalArgumentException(question.toString());
            case Pressed.Refused refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    private Pressed waited(long millis) {
        time.now = time.now.plus(Duration.ofMillis(millis));
        brain.tick();
        return new Pressed.Done();
    }

    private Pressed rebooted() {
        brain = switchOn();
        return new Pressed.Done();
    }

    private static int channel(JsonObject step) {
        return Math.toIntExact(whole(step, "channel"));
    }

    private byte[] file(JsonObject step) {
        return files.apply(text(step, "file"));
    }

    private List<byte[]> files(JsonObject step) {
        return names(step, "files").stream().map(files).toList();
    }

    /** The texts of a list. */
    static List<String> names(JsonObject step, String member) {
        return ((Json.JsonList) PumpRig.member(step, member))
                .items().stream().map(item -> ((Json.JsonText) item).value()).toList();
    }

    private static Said signed(byte[] text) {
        return new Said.Signed(List.of(ascii(text)));
    }

    private static String ascii(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII);
    }
}

package io.venule.simulator;

import io.venule.pump.ChannelState;
import io.venule.pump.PumpModel;
import io.venule.signing.Digest;
import io.venule.signing.KeyRole;
import io.venule.signing.SigningKey;
import io.venule.signing.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A pump without network, for tests that bring their own time, chance and wires. Its power can fail at any write to its memory, before
 * or after it; what the memory holds by then is there at the next start.
 */
public final class BarePump {
    private static final String RECORDS = "records";

    private final PumpPlate plate;
    private final VerifyingKey root;
    private final Conditions conditions;
    private final FailingMemory memory;
    private Optional<PumpBrain> brain = Optional.empty();

    /** The power failed in the middle of something. */
    public static final class PowerLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PowerLost() {
            super("the power failed", null, false, false);
        }
    }

    /** Time, chance, how fast fluid flows, who judges orders, and who hears of each record once it is in the memory. */
    public record Conditions(
            InstantSource clock, RandomGenerator random, int factor, NegligentJudge judge, Consumer<String> onRecord) {}

    /**
     * What one channel shows.
     *
     * @param change the change of rate that waits for START, in words; empty for none
     * @param stop that somebody wants it stopped, in words; empty for nobody
     * @param toInfuse in mL, as {@code infused} is
     */
    public record Panel(
            ChannelState state,
            long stateVersion,
            String rate,
            String orderId,
            String change,
            String stop,
            String toInfuse,
            String infused) {}

    /** What a pump holds once it has been set up: keys, a drug library and its own record key. */
    public static final class SetUp {
        private final WardKeys keys;
        private final Map<String, List<String>> lists;

        private SetUp(WardKeys keys, Map<String, List<String>> lists) {
            this.keys = keys;
            this.lists = Map.copyOf(lists);
        }

        /** With this library as release 1, and the ward's order keys. */
        public static SetUp of(WardKeys keys, List<SigningKey> orderKeys, byte[] recordSeed, byte[] library) {
            var memory = PumpMemory.inRam();
            memory.replace("record-key", List.of(HexFormat.of().formatHex(recordSeed)));
            InstantSource made = keys::made;
            var plate = PumpPlate.of("LV-SETUP", "A1", PumpModel.LARGE_VOLUME, 1);
            var brain = new PumpBrain(
                    plate,
                    new PumpBrain.Power(
                            keys.root().verifyingKey(), memory, made, new java.util.SplittableRandom(1), 1));
            keys.certificates().forEach(certificate -> brain.trustKey(bytes(certificate)));
            brain.beginLibrary(1, Digest.of(library).hex(), library.length);
            brain.writeLibrary(0, library);
            var answer = brain.commitLibrary(
                    keys.release(1, library).stream().map(BarePump::bytes).toList());
            if (!answer.equals("ACCEPTED")) {
                throw new IllegalStateException("the pump does not take its library: " + answer);
            }
            return new SetUp(
                    keys,
                    Map.of(
                            "record-key",
                            memory.lines("record-key"),
                            "library",
                            memory.lines("library"),
                            "keys",
                            orderKeys.stream()
                                    .map(key -> keys.certificate(key, KeyRole.ORDER, "*"))
                                    .toList()));
        }
    }

    /** Switched off at first. */
    public BarePump(String serial, int channels, SetUp setUp, Conditions conditions) {
        this.plate = PumpPlate.of(serial, "A1001", PumpModel.LARGE_VOLUME, channels);
        this.root = setUp.keys.root().verifyingKey();
        this.conditions = conditions;
        this.memory = new FailingMemory(setUp.lists, conditions.onRecord());
    }

    public void switchOn() {
        try {
            brain = Optional.of(new PumpBrain(
                    plate,
                    new PumpBrain.Power(
                            root,
                            memory,
                            conditions.clock(),
                            conditions.random(),
                            conditions.factor(),
                            conditions.judge())));
        } catch (PowerLost e) {
            memory.cutAfter = 0;
            throw e;
        }
    }

    public void switchOff() {
        brain = Optional.empty();
        memory.cutAfter = 0;
    }

    public boolean isOn() {
        return brain.isPresent();
    }

    /** Lets the power fail at the n-th point from now: each write has one before and one after it. */
    public void failAt(int point) {
        memory.cutAfter = point;
    }

    public String challenge(int channel) {
        return ask(pump -> text(pump.challenge(channel)));
    }

    public String submit(int channel, String order) {
        return ask(pump -> text(pump.submitOrder(channel, bytes(order))));
    }

    /** {@code ACCEPTED}, or why the list of revoked keys is not taken. */
    public String revoke(String list) {
        return ask(pump -> pump.revokeKeys(bytes(list)));
    }

    /** Empty text where the pump never answered this order. */
    public String readReceipt(int channel, String order) {
        return ask(pump -> text(pump.readReceipt(channel, order)));
    }

    /** Epoch, last sequence and last hash. */
    public List<String> head() {
        return ask(pump -> {
            var head = pump.recordHead();
            return List.of(head.epoch(), Long.toString(head.sequence()), head.hash());
        });
    }

    public List<String> epochs() {
        return ask(PumpBrain::epochs);
    }

    public List<String> records(String epoch, long from, int most) {
        return ask(pump ->
                pump.readRecords(epoch, from, most).stream().map(BarePump::text).toList());
    }

    public String epoch() {
        return ask(pump -> pump.view().epoch());
    }

    public long wallClock() {
        return ask(pump -> pump.view().wallClock());
    }

    public Panel panel(int channel) {
        return ask(pump -> {
            var shown = pump.view().channel(channel);
            return new Panel(
                    shown.state(),
                    shown.stateVersion(),
                    shown.rate(),
                    shown.orderId(),
                    shown.change(),
                    shown.stopAsked(),
                    shown.vtbi(),
                    shown.infused());
        });
    }

    /** The highest lease and log size acted under, zero before the first. */
    public List<Long> fences() {
        var kept = memory.lines("fences");
        if (kept.isEmpty()) {
            return List.of(0L, 0L);
        }
        var parts = kept.getLast().split(" ", -1);
        return List.of(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    public void start(int channel) {
        press(pump -> pump.start(channel, "badge 7"));
    }

    public void stop(int channel) {
        press(pump -> pump.stop(channel, "badge 7"));
    }

    public void decline(int channel) {
        press(pump -> pump.decline(channel));
    }

    public void pause(int channel) {
        press(pump -> pump.pause(channel));
    }

    public void resume(int channel) {
        press(pump -> pump.resume(channel));
    }

    public void setRate(int channel, String millilitresPerHour) {
        press(pump -> pump.setRate(channel, millilitresPerHour, "badge 7", true));
    }

    public void setClock(long shiftMillis) {
        press(pump -> pump.setClock(shiftMillis));
    }

    public void tick() {
        ask(pump -> {
            pump.tick();
            return "";
        });
    }

    private void press(Function<PumpBrain, Pressed> button) {
        ask(button);
    }

    private <T> T ask(Function<PumpBrain, T> work) {
        try {
            return work.apply(brain.orElseThrow(PowerLost::new));
        } catch (PowerLost e) {
            switchOff();
            throw e;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The pump's memory; says when a record is in it, and fails where it was told to. */
    private static final class FailingMemory implements PumpMemory {
        private final PumpMemory kept;
        private final Consumer<String> onRecord;
        private int cutAfter;

        FailingMemory(Map<String, List<String>> lists, Consumer<String> onRecord) {
            var own = new HashMap<String, List<String>>();
            lists.forEach((name, lines) -> own.put(name, new ArrayList<>(lines)));
            this.kept = new PumpMemory.Ram(own);
            this.onRecord = onRecord;
        }

        @Override
        public List<String> lines(String name) {
            return kept.lines(name);
        }

        @Override
        public void append(String name, String line) {
            point();
            kept.append(name, line);
            if (name.equals(RECORDS)) {
                onRecord.accept(line);
            }
            point();
        }

        @Override
        public void replace(String name, List<String> lines) {
            point();
            kept.replace(name, lines);
            point();
        }

        private void point() {
            if (cutAfter > 0) {
                cutAfter--;
                if (cutAfter == 0) {
                    throw new PowerLost();
                }
            }
        }
    }
}

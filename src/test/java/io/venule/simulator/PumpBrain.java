package io.venule.simulator;

import io.venule.pump.AlarmKind;
import io.venule.signing.Digest;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.SigningKey;
import io.venule.signing.VerifyingKey;
import io.venule.simulator.OrderCheck.Answer;
import io.venule.simulator.OrderCheck.Facts;
import io.venule.simulator.OrderCheck.Fences;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A whole pump without its network: it decides by itself about orders, libraries and keys, delivers, and keeps its log. Making one
 * is switching the pump on. Everything is decided under one lock with the clock and randomness it was given.
 */
final class PumpBrain {
    private static final int LOW_BATTERY_PERCENT = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final PumpPlate plate;
    private final PumpMemory memory;
    private final RandomGenerator random;
    private final SigningKey recordKey;
    private final PumpClock clock;
    private final String epoch;
    private final RecordLog log;
    private final LibrarySlots library;
    private final Receipts receipts;
    private final StepTable steps;
    private final List<ChannelBrain> channels;
    private final List<Nonces> nonces;
    private final SignedAnswers answers;
    private final OrderCheck.Judge judge;
    private final CheckpointWatch watch;
    private final HeldKeys keys;
    private Fences fences;
    private int battery = 100;
    private boolean mains = true;

    /**
     * What a pump is switched on with.
     *
     * @param root the hospital's root key, as enrolled
     * @param factor how many times faster than real time fluid flows
     * @param judge who decides about orders; another one than {@link OrderCheck} only to show what goes wrong then
     */
    record Power(
            VerifyingKey root,
            PumpMemory memory,
            InstantSource clock,
            RandomGenerator random,
            int factor,
            OrderCheck.Judge judge) {
        Power(VerifyingKey root, PumpMemory memory, InstantSource clock, RandomGenerator random, int factor) {
            this(root, memory, clock, random, factor, OrderCheck::check);
        }
    }

    PumpBrain(PumpPlate plate, Power power) {
        this.plate = plate;
        this.memory = power.memory();
        this.random = power.random();
        this.judge = power.judge();
        this.recordKey = recordKey();
        this.clock = new PumpClock(power.clock());
        this.epoch = Nonces.hex(random);
        this.log = new RecordLog(plate.serial(), epoch, recordKey, clock, memory);
        this.library = new LibrarySlots(memory);
        this.receipts = new Receipts(memory);
        this.steps = StepTable.of(plate.pumpModel());
        this.keys = new HeldKeys(power.root(), memory, clock, plate.ward());
        this.fences = storedFences();
        this.channels = IntStream.rangeClosed(1, plate.channels())
                .mapToObj(number -> new ChannelBrain(
                        number, steps, clock, new Delivery.Motor(power.factor(), judge.takesUpBoluses()), log))
                .toList();
        this.answers = new SignedAnswers(plate.serial(), epoch, recordKey, clock, library);
        this.nonces = channels.stream().map(channel -> new Nonces(random)).toList();
        this.watch = new CheckpointWatch(memory, "venule-pump/" + plate.serial(), recordKey);
        log.add(Events.booted(plate.software()));
    }

    private SigningKey recordKey() {
        var kept = memory.lines("record-key");
        if (kept.isEmpty()) {
            var seed = new byte[SigningKey.SEED_SIZE];
            random.nextBytes(seed);
            memory.replace("record-key", List.of(HexFormat.of().formatHex(seed)));
            return SigningKey.ofSeed(seed);
        }
        return SigningKey.ofSeed(HexFormat.of().parseHex(kept.getFirst()));
    }

    private Fences storedFences() {
        return memory.lines("fences").stream().findFirst().map(Fences::parse).orElse(Fences.NONE);
    }

    VerifyingKey recordPublicKey() {
        return recordKey.verifyingKey();
    }

    /** Hands each new record to the listener, in order, under the pump's lock. */
    void onRecord(Consumer<RecordLog.Entry> listener) {
        locked(() -> {
            log.onRecord(listener);
            return "";
        });
    }

    /** {@code ACCEPTED}, or why the certificate is not taken. */
    String trustKey(byte[] certificate) {
        return locked(() -> keys.trust(ascii(certificate)));
    }

    /** {@code ACCEPTED}, or why the list of revoked keys is not taken. */
    String revokeKeys(byte[] list) {
        return locked(() -> keys.revoke(ascii(list)));
    }

    /** Cosigns a checkpoint of the server's log, or says why not. */
    CheckpointWatch.Answer witnessCheckpoint(byte[] request) {
        return locked(() -> {
            var orders = new CheckpointWatch.Seen(fences.logSize(), fences.logRoot());
            return watch.look(request, orders, keys.valid(KeyRole.CHECKPOINT), clock.wall());
        });
    }

    long beginLibrary(long counter, String sha256, long size) {
        return locked(() -> library.begin(counter, sha256, size));
    }

    long writeLibrary(long offset, byte[] block) {
        return locked(() -> library.write(offset, block));
    }

    String commitLibrary(List<byte[]> signatures) {
        return locked(() -> {
            var before = library.sha256();
            var refused = library.commit(signatures, keys.ring(), plate.ward(), clock.wall());
            if (refused.isEmpty() && !library.sha256().equals(before)) {
                log.add(Events.libraryActivated(library.counter(), library.sha256()));
            }
            return refused.map(Rejection::name).orElse("ACCEPTED");
        });
    }

    RecordLog.Head recordHead() {
        return locked(log::head);
    }

    List<byte[]> readRecords(String wanted, long from, int max) {
        return locked(() -> log.read(wanted, from, max));
    }

    List<String> epochs() {
        return locked(log::epochs);
    }

    /** What the channel is up to, with a fresh nonce, signed. */
    byte[] challenge(int number) {
        return locked(() -> bytes(answers.challenge(channel(number), nonce(number))));
    }

    /** Decides about an order and answers with a signed receipt; the same order again gets the same receipt. */
    byte[] submitOrder(int number, byte[] signed) {
        return locked(() -> {
            var text = ascii(signed);
            var first = receipts.toText(number, Digest.ofText(text).hex());
            if (first.isPresent()) {
                return bytes(first.get());
            }
            var need = new Keyring.Need(KeyRole.ORDER, plate.ward(), Instant.ofEpochMilli(clock.wall()));
            return bytes(
                    switch (OrderReading.of(text, keys.ring(), need)) {
                        case OrderReading.Not(var code) -> {
                            log.add(Events.rejected(number, "", code));
                            yield receipt(
                                    channel(number),
                                    "",
                                    text,
                                    Optional.of(code),
                                    channel(number).state().name());
                        }
                        case OrderReading.OutOfTime(var order) ->
                            answer(channel(number), order, text, PumpBrain::outOfTime);
                        case OrderReading.Good(var order) -> answer(channel(number), order, text, this::decide);
                    });
        });
    }

    /** What is said to an order, whose text has this hash. */
    @FunctionalInterface
    private interface Verdict {
        Optional<Rejection> on(SignedText order, String hash, ChannelBrain channel, Facts facts);
    }

    private String answer(ChannelBrain channel, SignedText order, String text, Verdict verdict) {
        var hash = Digest.ofText(text).hex();
        var first = receipts.of(channel.number(), order.id());
        var before = channel.state().name();
        var facts = new Facts(
                plate.serial(),
                epoch,
                recordKey.verifyingKey().fingerprint().hex(),
                clock.wall(),
                clock.uptime(),
                first.isPresent(),
                nonces.get(channel.number() - 1),
                library.active(),
                steps,
                fences);
        var code = verdict.on(order, hash, channel, facts);
        code.ifPresent(no -> log.add(Events.rejected(channel.number(), order.id(), no)));
        var receipt = receipt(channel, order.id(), text, code, before);
        receipts.add(new Receipts.Given(channel.number(), order.id(), hash, receipt));
        return receipt;
    }

    /** The key speaks for the order and the clock against the key: refused for good, so that no copy is taken once the clock is right. */
    private static Optional<Rejection> outOfTime(SignedText order, String hash, ChannelBrain channel, Facts facts) {
        facts.nonces().take(order.nonce(), facts.uptime());
        return Optional.of(Rejection.SIGNATURE);
    }

    private Optional<Rejection> decide(SignedText order, String hash, ChannelBrain channel, Facts facts) {
        return switch (order) {
            case SignedText.InTurn inTurn -> decideInTurn(inTurn, hash, channel, facts);
            case EndText end -> decideEnd(end, channel, facts);
        };
    }

    private Optional<Rejection> decideInTurn(SignedText.InTurn order, String hash, ChannelBrain channel, Facts facts) {
        return switch (judge.check(order, channel, facts)) {
            case Answer.Reject(var rejection) -> Optional.of(rejection);
            case Answer.Accept(var text, var limits) -> {
                raiseFences(order);
                channel.accept(order, hash, new Program(text, hash, limits));
                yield Optional.empty();
            }
        };
    }

    private Optional<Rejection> decideEnd(EndText order, ChannelBrain channel, Facts facts) {
        var no = judge.checkEnd(order, channel, facts);
        if (no.isEmpty()) {
            channel.end(order);
        }
        return no;
    }

    private void raiseFences(SignedText.InTurn order) {
        fences = new Fences(order.lease(), order.logSize(), order.logRoot());
        memory.replace("fences", List.of(fences.text()));
    }

    private String receipt(ChannelBrain channel, String orderId, String text, Optional<Rejection> code, String before) {
        var next = nonces.get(channel.number() - 1).giveWithReceipt(clock.uptime(), watch.seen());
        return answers.receipt(channel, new SignedAnswers.Judged(orderId, Digest.ofText(text), code, before), next);
    }

    private String nonce(int number) {
        return nonces.get(number - 1).give(clock.uptime(), watch.seen());
    }

    /** The first answer to an order on this channel; no bytes when it never came. */
    byte[] readReceipt(int number, String orderId) {
        return locked(() -> receipts.of(channel(number).number(), orderId)
                .map(given -> bytes(given.receipt()))
                .orElseGet(() -> new byte[0]));
    }

    PumpView view() {
        return locked(() -> new PumpView(
                battery,
                mains,
                epoch,
                library.counter(),
                library.sha256(),
                clock.wall(),
                channels.stream().map(ChannelBrain::view).toList()));
    }

    /** Lets time pass: volumes, completion, expiry. */
    void tick() {
        locked(() -> "");
    }

    Pressed start(int number, String who) {
        return locked(() -> channel(number).start(named(who)));
    }

    Pressed stop(int number, String who) {
        return locked(() -> channel(number).stop(named(who)));
    }

    Pressed decline(int number) {
        return locked(() -> channel(number).decline());
    }

    Pressed pause(int number) {
        return locked(() -> channel(number).pause());
    }

    Pressed resume(int number) {
        return locked(() -> channel(number).resume());
    }

    Pressed setRate(int number, String millilitresPerHour, String who, boolean confirmed) {
        return locked(() -> channel(number).setRate(millilitresPerHour, named(who), confirmed));
    }

    Pressed alarm(int number, AlarmKind kind, boolean on) {
        return locked(() -> {
            channel(number).alarm(kind, on);
            return new Pressed.Done();
        });
    }

    Pressed door(int number, boolean open) {
        return locked(() -> {
            channel(number).door(open);
            return new Pressed.Done();
        });
    }

    /** Sets the power supply; below 20 % without mains the battery alarm starts, on channel 1 for the whole pump. */
    Pressed power(int percent, boolean onMains) {
        return locked(() -> {
            if (percent < 0 || percent > 100) {
                return new Pressed.Refused("A battery holds 0 to 100 %.");
            }
            var wasLow = isLow();
            battery = percent;
            mains = onMains;
            log.add(Events.power(battery, mains));
            if (isLow() != wasLow) {
                log.add(Events.alarm(1, AlarmKind.BATTERY_LOW, isLow()));
            }
            return new Pressed.Done();
        });
    }

    private boolean isLow() {
        return battery < LOW_BATTERY_PERCENT && !mains;
    }

    /** Moves the wall clock; the time since boot goes on undisturbed. */
    Pressed setClock(long shiftMillis) {
        return locked(() -> {
            clock.shiftBy(shiftMillis);
            log.add(Events.clockSet(shiftMillis));
            return new Pressed.Done();
        });
    }

    private ChannelBrain channel(int number) {
        if (number < 1 || number > channels.size()) {
            throw new IllegalArgumentException("no channel " + number);
        }
        return channels.get(number - 1);
    }

    private static String named(String who) {
        var clean = who.strip().replaceAll("[^A-Za-z0-9 ._/@-]", "");
        return clean.isEmpty() ? "front panel" : clean.substring(0, Math.min(64, clean.length()));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            channels.forEach(ChannelBrain::tick);
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

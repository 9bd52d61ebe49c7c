package io.venule.opcua;

import io.venule.opcua.Mailbox.Letter;
import io.venule.opcua.RecordIntake.Distrusted;
import io.venule.order.OrderId;
import io.venule.order.PumpReports;
import io.venule.order.SignedOrder;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.pump.Receipt;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.Jws;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a pump's session does with what arrives, for tests that bring their own wire: the real mailbox, the real intake of records and the
 * real reading of what pumps sign.
 */
public final class SessionWithoutWire {
    private static final int MOST_LETTERS = 100;

    private final Mailbox mailbox;
    private final RecordIntake intake;
    private final SignedReports signed;

    /** The pump's record log over the wire; empty where no answer came. */
    public interface Wire {
        Optional<RecordHead> head();

        Optional<List<String>> epochs();

        Optional<List<String>> records(String epoch, long from, int most);
    }

    /** How a piece of the session's work went. */
    public sealed interface Went {
        record Well() implements Went {}

        record Unreachable() implements Went {}

        /** The pump is to be quarantined. */
        record NotBelieved(Quarantine.Cause cause, String why) implements Went {}
    }

    /** What a pump answered, as it is believed. */
    public sealed interface Answer<T> {
        record Ok<T>(T value) implements Answer<T> {}

        /** The pump is to be quarantined. */
        record NotBelieved<T>(String why) implements Answer<T> {}
    }

    /** Reads what one pump signs; made once for many sessions. */
    public static final class Reader {
        private final EnrolledPump pump;
        private final SignedReports signed;

        public Reader(EnrolledPump pump) {
            this.pump = pump;
            this.signed = new SignedReports(pump);
        }
    }

    public SessionWithoutWire(Reader reader, PumpReports reports, int mailbox, int batch) {
        this.mailbox = new Mailbox(mailbox);
        this.signed = reader.signed;
        this.intake = new RecordIntake(reader.pump, signed, reports, batch);
    }

    /** A new session begins: what came over the last one is gone. */
    public void clear() {
        mailbox.clear();
    }

    /** An event arrived. */
    public void record(String text) {
        mailbox.record(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Something may have been missed. */
    public void doubt() {
        mailbox.doubt();
    }

    public Went catchUp(Wire wire) {
        return went(() -> intake.catchUp(logOver(wire)));
    }

    public Went compare(Wire wire) {
        return went(() -> intake.compare(logOver(wire)));
    }

    /** Takes what is in the mailbox now, as a session does each time around. */
    public Went attend(Wire wire) {
        return went(() -> {
            var texts = new ArrayList<String>();
            for (var letter : mailbox.take(Duration.ZERO, MOST_LETTERS)) {
                if (letter instanceof Letter.Signed(var text)) {
                    texts.add(text);
                }
            }
            var whole = texts.isEmpty() || intake.take(texts);
            if (!whole || mailbox.takeDoubt()) {
                intake.catchUp(logOver(wire));
            }
        });
    }

    /** A challenge as the pump signed it. */
    public Answer<Challenge> challenge(String text, int channel) {
        return answer(signed.challenge(text, channel));
    }

    /** A receipt as the answer to this order. */
    public Answer<Receipt> answerTo(SignedOrder order, String text) {
        return answer(signed.answerTo(order, text));
    }

    /** Any receipt that the pump signed, to whichever order. */
    public Answer<Receipt> receipt(String text, int channel) {
        return answer(signed.receipt(text, channel));
    }

    /** A receipt read back by an order's id. */
    public Answer<Receipt> readBack(OrderId order, ChannelId channel, String text) {
        return answer(signed.readBack(order, channel, text));
    }

    private static <T> Answer<T> answer(Reading<T> reading) {
        return switch (reading) {
            case Reading.Ok<T>(var value) -> new Answer.Ok<>(value);
            case Reading.Refused<T> refused -> new Answer.NotBelieved<>(refused.text());
        };
    }

    /** A record as its pump wrote it, nobody having judged the signature: for who watches from above. */
    public static PumpRecord written(PumpSerial pump, String text) {
        var payload = Jws.unverifiedPayload(text).orElseThrow();
        var reading = JsonMembers.readCanonical(payload, Jws.MAX_LENGTH, said -> {
            said.exactly("ver", 1);
            said.exactly("pump", pump.value());
            return new PumpRecord(
                    pump,
                    new RecordPosition(said.id("epoch"), said.whole("seq", 1, Long.MAX_VALUE)),
                    said.digest("prev").hex(),
                    Digest.ofText(text).hex(),
                    said.instant("wallClock"),
                    said.whole("uptime", 0, Long.MAX_VALUE),
                    EventReader.read(said.object("event")),
                    text);
        });
        return switch (reading) {
            case Reading.Ok<PumpRecord>(var record) -> record;
            case Reading.Refused<PumpRecord> refused -> throw new IllegalStateException(refused.text());
        };
    }

    private interface Work {
        void run() throws PumpUnreachable, Distrusted, InterruptedException;
    }

    private static Went went(Work work) {
        try {
            work.run();
            return new Went.Well();
        } catch (PumpUnreachable e) {
            return new Went.Unreachable();
        } catch (Distrusted e) {
            return new Went.NotBelieved(e.kind(), e.reason());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a run", e);
        }
    }

    private static PumpLog logOver(Wire wire) {
        return new PumpLog() {
            @Override
            public RecordHead head() throws PumpUnreachable {
                return wire.head().orElseThrow(SessionWithoutWire::silent);
            }

            @Override
            public List<String> epochs() throws PumpUnreachable {
                return wire.epochs().orElseThrow(SessionWithoutWire::silent);
            }

            @Override
            public List<String> records(String epoch, long from, int most) throws PumpUnreachable {
                return wire.records(epoch, from, most).orElseThrow(SessionWithoutWire::silent);
            }
        };
    }

    private static PumpUnreachable silent() {
        return new PumpUnreachable("no answer");
    }
}

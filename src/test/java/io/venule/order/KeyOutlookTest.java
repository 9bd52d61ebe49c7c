package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditEntry;
import io.venule.order.KeyOutlook.Last;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.signing.KeyFiles;
import io.venule.signing.MakeKeys;
import io.venule.signing.OrderBatch;
import io.venule.signing.OrderKeys;
import io.venule.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long order keys last is said before they are used up. Source: docs/keys.md. */
class KeyOutlookTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    /** Two days, and what each key is good for after its own. */
    private static final Instant END = NOW.plus(Duration.ofDays(2)).plus(Duration.ofMinutes(5));

    private static final String RECORD_KEY =
            SigningKey.generate(new SecureRandom()).verifyingKey().base64url();

    @TempDir
    private Path folder;

    @BeforeEach
    void two_days_of_keys_for_one_ward() throws IOException {
        MakeKeys.into(folder, InstantSource.fixed(NOW), new SecureRandom(), new OrderBatch(2, List.of("ICU")));
    }

    private KeyOutlook at(Instant now, String... wards) {
        var keys = OrderKeys.in(folder.resolve(OrderKeys.FOLDER), KeyFiles.verifyingKey(folder.resolve("root.pub")));
        var enrolled = new EnrolledKeys(new PumpsIn(List.of(wards)));
        enrolled.refresh();
        return new KeyOutlook(() -> keys, enrolled, InstantSource.fixed(now));
    }

    /** One pump in each of these wards. */
    private record PumpsIn(List<String> wards) implements Fleet {
        @Override
        public List<EnrolledPump> pumps() {
            return wards.stream()
                    .map(ward -> new EnrolledPump(
                            new PumpSerial("VP-" + wards.indexOf(ward)),
                            "asset",
                            PumpModel.LARGE_VOLUME,
                            1,
                            "opc.tcp://pump.hospital.org:4840",
                            "",
                            RECORD_KEY,
                            false,
                            ward))
                    .toList();
        }

        @Override
        public void enrol(EnrolledPump pump, AuditEntry entry) {
            throw new UnsupportedOperationException("no pump is enrolled here");
        }
    }

    @Test
    void the_last_of_several_days_counts() {
        assertThat(at(NOW, "ICU").wards()).containsExactly(new Last("ICU", END, Duration.between(NOW, END)));
        assertThat(at(NOW, "ICU").shortOnes()).isEmpty();
    }

    @Test
    void it_is_said_when_less_than_a_day_is_left() {
        var lastDay = END.minus(KeyOutlook.SOON);

        assertThat(at(lastDay.minusMillis(1), "ICU").shortOnes()).isEmpty();
        assertThat(at(lastDay, "ICU").shortOnes()).isEmpty();
        var begun = at(lastDay.plusMillis(1), "ICU").shortOnes();
        assertThat(begun).extracting(Last::ward).containsExactly("ICU");
        assertThat(begun.getFirst().isOver()).isFalse();
        assertThat(begun.getFirst().sentence())
                .isEqualTo("The keys that sign orders for ward ICU last 23 h 59 min more. Lay new ones into the key"
                        + " folder before.");
    }

    @Test
    void used_up_is_from_the_last_instant_on() {
        assertThat(at(END.minusMillis(1), "ICU").wards()).noneMatch(Last::isOver);
        assertThat(at(END, "ICU").wards()).allMatch(Last::isOver);
        assertThat(at(END.plusMillis(1), "ICU").wards()).allMatch(Last::isOver);
    }

    @Test
    void a_ward_that_pumps_stand_in_and_that_has_no_key_is_said_and_one_without_pumps_is_not() {
        assertThat(at(NOW, "MED", "*").shortOnes())
                .extracting(Last::ward, Last::isOver, Last::sentence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "*",
                                true,
                                "There is no key to sign orders for pumps of no named ward. Lay new order keys into the"
                                        + " key folder."),
                        org.assertj.core.groups.Tuple.tuple(
                                "MED",
                                true,
                                "There is no key to sign orders for ward MED. Lay new order keys into the key folder."));
        assertThat(at(END).wards()).as("no pump stands anywhere").isEmpty();
    }
}

package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.Digest;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the quick look at a leaf takes, the thorough reader takes too, and files under the same. Threat T-43. */
class FiledTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00.123Z");
    private static final String ORDER = "0123456789abcdef0123456789abcdef";
    private static final int CHANGES = 200_000;

    private static AuditEntry full() {
        return AuditEntry.of(AuditKind.ORDER_APPROVED, AT, new SubjectId("9f6b"))
                .atPlace("VP-1/2")
                .about(ORDER)
                .under(3, new Digest("b".repeat(64)))
                .with("sequence", 7)
                .with("less", -7)
                .with("rate", "13.1 mL/h")
                .with("nurse", "Ada")
                .with("name", "Ida")
                .with("drug", "morphine")
                .with("patient", new Digest("a".repeat(64)))
                .with("reasons", List.of("a", "b"))
                .with("none", List.of())
                .signed("aa.bb-.c_c")
                .signed("a.b.c");
    }

    private static AuditEntry bare() {
        return AuditEntry.bySystem(AuditKind.CONFIGURATION, AT);
    }

    private static Stream<AuditEntry> entries() {
        return Stream.of(
                full(),
                bare(),
                bare().with("name", "Ida").with("drug", 4).with("nurse", List.of("Ada")),
                bare().with("bag", Digest.NONE).with("text", ""));
    }

    @Test
    void an_entry_is_filed_under_what_it_says() {
        assertThat(Filed.of(full().canonical()))
                .contains(new Filed("ORDER_APPROVED", "9f6b", ORDER, "VP-1/2", "a".repeat(64), "morphine", "Ada"));
        assertThat(Filed.of(bare().with("name", "Ida").canonical()))
                .contains(new Filed("CONFIGURATION", "system", "", "", "", "", "Ida"));
    }

    @Test
    void the_quick_look_knows_each_plain_entry() {
        assertThat(entries())
                .allSatisfy(entry ->
                        assertThat(new LeafScan(entry.canonical()).filed()).contains(Filed.of(entry)));
    }

    @Test
    void what_is_not_plain_is_read_thoroughly() {
        var entry = bare().with("name", "Zoë \"Z\"\n").with("drug", "5 µg");

        assertThat(new LeafScan(entry.canonical()).filed()).isEmpty();
        assertThat(Filed.of(entry.canonical())).contains(Filed.of(entry));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_is_changed_in_a_leaf_nothing_is_taken_that_the_reader_refuses(long seed) {
        var random = new Random(seed);
        var leaves = entries().map(AuditEntry::canonical).toList();
        int taken = 0;
        for (int i = 0; i < CHANGES / 5; i++) {
            var changed = changed(leaves.get(random.nextInt(leaves.size())), random);
            var plain = new LeafScan(changed).filed();
            if (plain.isPresent()) {
                taken++;
                assertThat(Filed.thoroughly(changed))
                        .as(() -> new String(changed, UTF_8))
                        .isEqualTo(plain);
            }
        }
        assertThat(taken).as("changes that still gave an entry").isGreaterThan(1_000);
    }

    /** One or two of: another byte, a part left out, a part doubled, a part of the same put elsewhere. */
    private static byte[] changed(byte[] leaf, Random random) {
        var changed = leaf;
        for (int times = random.nextInt(2); times >= 0; times--) {
            int from = random.nextInt(changed.length);
            int end = Math.min(changed.length, from + 1 + random.nextInt(12));
            changed = switch (random.nextInt(4)) {
                case 0 -> joined(changed, from, plainByte(random), from + 1);
                case 1 -> joined(changed, from, new byte[0], end);
                case 2 -> joined(changed, end, Arrays.copyOfRange(changed, from, end), end);
                default -> {
                    int to = random.nextInt(changed.length);
                    yield joined(changed, to, Arrays.copyOfRange(changed, from, end), to);
                }
            };
        }
        return changed;
    }

    private static byte[] plainByte(Random random) {
        var likely = "\"\\{}[],:-.0189azAZfg \t\u0000_";
        return random.nextInt(8) == 0
                ? new byte[] {(byte) random.nextInt(256)}
                : new byte[] {(byte) likely.charAt(random.nextInt(likely.length()))};
    }

    private static byte[] joined(byte[] leaf, int from, byte[] middle, int end) {
        var joined = new byte[from + middle.length + leaf.length - end];
        System.arraycopy(leaf, 0, joined, 0, from);
        System.arraycopy(middle, 0, joined, from, middle.length);
        System.arraycopy(leaf, end, joined, from + middle.length, leaf.length - end);
        return joined;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"actor\":\"9f6b\"|\"actor\":\"\"",
                "\"actor\":\"9f6b\"|\"actor\":\" \"",
                "\"at\":1795248000123|\"at\":-1",
                "\"at\":1795248000123|\"at\":01",
                "\"sequence\":7|\"sequence\":-0",
                "\"sequence\":7|\"sequence\":9007199254740992",
                "\"sequence\":7|\"sequence\":-9007199254740992",
                "\"sequence\":7|\"sequence\":10000000000000000",
                "\"sequence\":7|\"sequence\":7,\"sequence\":7",
                "\"sequence\":7|\"sequence\":7,\"a\":7",
                "\"sequence\":7|\"sequence\":{}",
                "\"sequence\":7|\"sequence\":[[]]",
                "\"sequence\":7|\"sequence\":[\"a\",]",
                "\"sequence\":7|\"sequence\":true",
                "\"sequence\":7|\"Sequence\":7",
                "\"counter\":3|\"counter\":-3",
                "ORDER_APPROVED|ORDER_GUESSED",
                "aabb.|aabb",
                "a.b.c|a.b.",
                "a.b.c|a..c",
                "a.b.c|a.b.c.d",
                "0123456789abcdef0123456789abcdef|0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef|0123456789abcdef0123456789abcdef0",
                "0123456789abcdef0123456789abcdef|0123456789ABCDEF0123456789abcdef",
                "\"ver\":1|\"ver\":2",
                "\"ver\":1}|\"ver\":1}}"
            })
    void what_is_no_entry_is_filed_nowhere(String part, String other) {
        var text = new String(full().signed("aabb.c.d").canonical(), UTF_8);
        assertThat(text).contains(part);

        var changed = text.replace(part, other).getBytes(UTF_8);

        assertThat(new LeafScan(changed).filed()).isEmpty();
        assertThat(Filed.of(changed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "\"\"", "[\"a\"]"})
    void a_patient_is_a_hash_and_nothing_else(String other) {
        var changed = new String(full().canonical(), UTF_8)
                .replace("\"patient\":\"" + "a".repeat(64) + "\"", "\"patient\":" + other)
                .getBytes(UTF_8);

        assertThat(new LeafScan(changed).filed()).isEmpty();
        assertThat(Filed.of(changed)).isEmpty();
    }

    @Test
    void each_length_is_taken_up_to_its_limit_and_not_beyond() {
        assertLimit("\"actor\":\"9f6b\"", "\"actor\":\"%s\"", 128);
        assertLimit("\"place\":\"VP-1/2\"", "\"place\":\"%s\"", 128);
        assertLimit("\"sequence\":7", "\"t%s\":7", 39);
        assertLimit("a".repeat(64), "%s", 64);
    }

    private static void assertLimit(String part, String pattern, int limit) {
        for (int length : new int[] {limit - 1, limit, limit + 1}) {
            var changed = new String(full().canonical(), UTF_8)
                    .replace(part, pattern.formatted("a".repeat(length)))
                    .getBytes(UTF_8);
            var plain = new LeafScan(changed).filed();
            assertThat(plain).as("%s of %s", part, length).isEqualTo(Filed.thoroughly(changed));
            assertThat(plain.isPresent()).isEqualTo(length == limit || (length < limit && limit != 64));
        }
    }

    @Test
    void whole_numbers_are_taken_as_far_as_json_keeps_them() {
        for (long number : new long[] {0, -1, 9_007_199_254_740_991L, -9_007_199_254_740_991L}) {
            var entry = bare().with("more", number);
            assertThat(new LeafScan(entry.canonical()).filed()).contains(Filed.of(entry));
        }
    }

    @Test
    void forty_eight_details_are_taken_and_one_more_is_not() {
        var entry = bare();
        for (int i = 10; i < 58; i++) {
            entry = entry.with("d" + i, i);
        }
        var over = new String(entry.canonical(), UTF_8)
                .replace("\"d57\":57", "\"d57\":57,\"d58\":58")
                .getBytes(UTF_8);

        assertThat(new LeafScan(entry.canonical()).filed()).isPresent();
        assertThat(new LeafScan(over).filed()).isEmpty();
        assertThat(Filed.of(over)).isEqualTo(Optional.empty());
    }
}

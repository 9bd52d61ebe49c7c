package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.signing.Digest;
import io.venule.signing.JsonMembers.Reading;
import io.venule.staff.SubjectId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source: docs/audit-format.md. */
class AuditEntryTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00.123456Z");
    private static final String ORDER = "0123456789abcdef0123456789abcdef";

    @Test
    void an_entry_has_exactly_these_bytes() {
        var text = new String(entry().canonical(), UTF_8);

        assertThat(text)
                .isEqualTo("{\"actor\":\"9f6b\",\"at\":1795248000123,\"details\":{\"patient\":\"" + "a".repeat(64)
                        + "\",\"rate\":\"13.1 mL/h\",\"reasons\":[\"a\",\"b\"],\"seq\":7},\"kind\":\"ORDER_APPROVED\","
                        + "\"library\":{\"counter\":3,\"sha256\":\"" + "b".repeat(64) + "\"},\"order\":\"" + ORDER
                        + "\",\"place\":\"VP-1/2\",\"signed\":[\"aa.bb.cc\"],\"ver\":1}");
    }

    @Test
    void an_entry_is_read_back_as_it_was() {
        assertThat(AuditEntry.parse(entry().canonical())).isEqualTo(new Reading.Ok<>(entry()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"ver\":1|\"ver\":2|/ver: is not 1",
                "\"ver\":1|\"ver\":1,\"zz\":1|/zz: is not a known member",
                "\"seq\":7|\"seq\":{}|/details: detail seq is no text, whole number or list of them",
                "\"seq\":7|\"Seq\":7|not in canonical form",
                "ORDER_APPROVED|ORDER_GUESSED|/kind: is not one of",
                "aa.bb.cc|aa.bb|/details: signed holds something that is no signed text",
                "\"counter\":3|\"counter\":-3|/library/counter: is not between 0 and 9007199254740991",
                "\"actor\":\"9f6b\"|\"actor\":\"\"|/details: actor has 1 and place 0 to 128 characters",
                "\"at\":17|\"at\": 17|not in canonical form",
                "\"seq\":7|\"seq-\":7|/details: no name for a detail: seq-",
                "\"seq\":7|\"seé\":7|/details: no name for a detail: seé",
                "0123456789abcdef\",|0123456789abcde\",|/details: an order id has 32 lower-case hexadecimal digits",
                "0123456789abcdef\",|0123456789abcdeF\",|/details: an order id has 32 lower-case hexadecimal digits"
            })
    void anything_but_an_entry_of_this_version_is_refused(String part, String other, String reason) {
        var text = new String(entry().canonical(), UTF_8).replace(part, other);

        assertThat(AuditEntry.parse(text.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.text()).startsWith(reason));
    }

    @Test
    void a_detail_s_name_is_a_letter_and_up_to_39_letters_and_digits() {
        var entry = AuditEntry.bySystem(AuditKind.EXPORT, AT);

        for (var name : List.of("a", "z", "aZ09", "a".repeat(40))) {
            assertThat(entry.with(name, "").said(name)).isEmpty();
        }
        for (var name : List.of("", "A", "0a", "`", "{", "a/", "a:", "a@", "a[", "a`", "a{", "a".repeat(41))) {
            assertThatThrownBy(() -> entry.with(name, "")).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_patient_or_bag_is_never_named() {
        var entry = AuditEntry.bySystem(AuditKind.PATIENT_READ, AT);

        assertThatThrownBy(() -> entry.with("patient", "Ada")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> entry.with("bag", "LOT7")).isInstanceOf(IllegalArgumentException.class);
        assertThat(entry.with("patient", Digest.ofText("x")).details().members())
                .containsKey("patient");
    }

    @Test
    void nobody_can_be_called_system() {
        assertThatThrownBy(() -> AuditEntry.of(AuditKind.SIGN_IN, AT, new SubjectId("system")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_entry_longer_than_a_bundle_can_count_is_refused() {
        var room = AuditEntry.MAX_BYTES
                - AuditEntry.bySystem(AuditKind.EXPORT, AT).with("text", "").canonical().length;
        var full = AuditEntry.bySystem(AuditKind.EXPORT, AT).with("text", "x".repeat(room));
        var over = AuditEntry.bySystem(AuditKind.EXPORT, AT).with("text", "x".repeat(room + 1));

        assertThat(full.canonical()).hasSize(AuditEntry.MAX_BYTES);
        assertThatThrownBy(over::canonical).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_detail_is_given_once() {
        assertThatThrownBy(() -> entry().with("seq", 8)).isInstanceOf(IllegalArgumentException.class);
    }

    private static AuditEntry entry() {
        return AuditEntry.of(AuditKind.ORDER_APPROVED, AT, new SubjectId("9f6b"))
                .atPlace("VP-1/2")
                .about(ORDER)
                .under(3, new Digest("b".repeat(64)))
                .with("seq", 7)
                .with("rate", "13.1 mL/h")
                .with("patient", new Digest("a".repeat(64)))
                .with("reasons", List.of("a", "b"))
                .signed("aa.bb.cc");
    }
}

package io.venule.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.signing.CanonicalJson.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Source: RFC 8785; the JSON canonicalization project's vectors; docs/pump-contract.md, "Signed texts". */
class CanonicalJsonTest {
    private static final List<String> KEPT = List.of("french", "unicode", "weird");
    private static final List<String> REFUSED = List.of("arrays", "structures", "values");

    @Test
    void each_published_input_is_judged_below() throws IOException {
        try (var files = Files.list(Vectors.folder("jcs").resolve("input"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(KEPT.stream(), REFUSED.stream()).toList());
        }
    }

    @ParameterizedTest
    @FieldSource("KEPT")
    void published_input_becomes_the_published_bytes(String name) throws IOException {
        var folder = Vectors.folder("jcs");

        var parsed = CanonicalJson.parse(Files.readAllBytes(folder.resolve("input/" + name + ".json")));

        assertThat(parsed)
                .isInstanceOfSatisfying(
                        Parsed.Ok.class,
                        ok -> assertThat(CanonicalJson.write(ok.value()))
                                .isEqualTo(read(folder.resolve("output/" + name + ".json")))
                                .isEqualTo(hex(folder.resolve("outhex/" + name + ".txt"))));
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void published_input_with_other_numbers_or_literals_is_refused(String name) throws IOException {
        var input = Files.readAllBytes(Vectors.folder("jcs").resolve("input/" + name + ".json"));

        var parsed = CanonicalJson.parse(input);

        assertThat(parsed)
                .isInstanceOfSatisfying(
                        Parsed.Refused.class,
                        refused -> assertThat(refused.reason())
                                .containsAnyOf("fraction or exponent", "true, false or null"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1.0",
                "1e3",
                "-0",
                "01",
                "+1",
                "NaN",
                "Infinity",
                "true",
                "false",
                "null",
                "9007199254740992",
                "-9007199254740992",
                "123456789012345678901234567890",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":1}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{a:1}",
                "{'a':1}",
                "1 1",
                "{}{}",
                "[",
                "{\"a\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "{\"\\ud800\":1}",
                "\"\t\"",
                "\"\\x\"",
                "/**/1",
                "#\n1",
                "\uFEFF1",
                "\"a",
                "0x10",
                "]"
            })
    void anything_but_our_kind_of_JSON_is_refused(String text) {
        assertThat(CanonicalJson.parse(text.getBytes(UTF_8))).isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void bytes_that_are_not_UTF_8_are_refused() {
        var overlong = new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'};
        var surrogate = new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

        assertThat(CanonicalJson.parse(overlong)).isEqualTo(new Parsed.Refused("not UTF-8"));
        assertThat(CanonicalJson.parse(surrogate)).isEqualTo(new Parsed.Refused("not UTF-8"));
        assertThat(CanonicalJson.parse("{}".getBytes(java.nio.charset.StandardCharsets.UTF_16)))
                .isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void whole_numbers_reach_2_to_the_53_less_1() {
        assertThat(CanonicalJson.parse("9007199254740991".getBytes(UTF_8)))
                .isEqualTo(new Parsed.Ok(Json.whole(Json.MAX_WHOLE)));
        assertThat(CanonicalJson.parse("-9007199254740991".getBytes(UTF_8)))
                .isEqualTo(new Parsed.Ok(Json.whole(-Json.MAX_WHOLE)));
        assertThatThrownBy(() -> Json.whole(Json.MAX_WHOLE + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thirty_two_levels_are_read_and_thirty_three_refused() {
        assertThat(CanonicalJson.parse(nested(32))).isInstanceOf(Parsed.Ok.class);
        assertThat(CanonicalJson.parse(nested(33))).isInstanceOf(Parsed.Refused.class);
        assertThat(CanonicalJson.parse(nested(100_000))).isInstanceOf(Parsed.Refused.class);
    }

    @Test
    void a_text_at_the_size_limit_is_read_and_one_byte_more_refused() {
        assertThat(CanonicalJson.parse("[1,2]".getBytes(UTF_8), 5)).isInstanceOf(Parsed.Ok.class);
        assertThat(CanonicalJson.parse("[1,2]".getBytes(UTF_8), 4))
                .isEqualTo(new Parsed.Refused("longer than 4 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"b\":1,\"a\":1}", "{ }", "[1, 2]", "\"\\u0061\"", "\"\\/\"", "\"\\u000A\"", " 1", "1\n"})
    void another_form_of_the_same_value_is_not_canonical(String text) {
        assertThat(CanonicalJson.parse(text.getBytes(UTF_8))).isInstanceOf(Parsed.Ok.class);
        assertThat(CanonicalJson.parseCanonical(text.getBytes(UTF_8)))
                .isEqualTo(new Parsed.Refused("not in canonical form"));
    }

    @Test
    void an_object_written_member_by_member_has_the_same_bytes() {
        var inner = Json.object().put("b", List.of()).put("a", "\"x\n").build();
        var whole = Json.object()
                .put("", 1)
                .put("A", "é\u0001")
                .put("a", inner)
                .put("\uD83D\uDE00", -7)
                .put("\uFB33", "");

        var written = new CanonicalJson.ObjectWriter();
        whole.build().members().forEach(written::put);

        assertThat(written.bytes()).isEqualTo(CanonicalJson.write(whole.build()));
        assertThat(new CanonicalJson.ObjectWriter().bytes()).isEqualTo("{}".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "a", "B", ""})
    void a_member_out_of_order_or_put_twice_is_a_mistake_of_ours(String next) {
        var written = new CanonicalJson.ObjectWriter().put("b", 1);

        assertThatThrownBy(() -> written.put(next, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void members_are_ordered_by_UTF_16_units_and_control_characters_escaped() {
        var json = Json.object()
                .put("\uFB33", "last")
                .put("\uD83D\uDE02", "smile")
                .put("b", 2)
                .put("a", "\u0000\b\t\n\u000b\f\r\u001f\"\\/\u007f\u2028")
                .build();

        var text = CanonicalJson.text(json);

        assertThat(text)
                .isEqualTo("{\"a\":\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u007f\u2028\",\"b\":2,"
                        + "\"\uD83D\uDE02\":\"smile\",\"\uFB33\":\"last\"}");
        assertThat(CanonicalJson.parseCanonical(text.getBytes(UTF_8))).isEqualTo(new Parsed.Ok(json));
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
    }

    private static byte[] hex(java.nio.file.Path file) {
        return HexFormat.of().parseHex(new String(read(file), UTF_8).replaceAll("\\s", ""));
    }

    private static byte[] read(java.nio.file.Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

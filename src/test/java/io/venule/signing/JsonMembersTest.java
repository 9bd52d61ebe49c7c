package io.venule.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.JsonMembers.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Source: docs/pump-contract.md, "Signed texts": closed schema, no unknown member. */
class JsonMembersTest {
    private enum Colour {
        RED
    }

    @Test
    void members_that_fit_are_read() {
        var json = Json.object()
                .put("at", 1000)
                .put("colour", "RED")
                .put("hash", Digest.NONE)
                .put("id", "0123456789abcdef0123456789abcdef")
                .put("inner", Json.object().put("n", -1))
                .put(
                        "items",
                        List.of(
                                Json.object().put("n", 1).build(),
                                Json.object().put("n", 2).build()))
                .put("names", Json.texts(List.of("a", "b")))
                .build();

        var reading = JsonMembers.read(
                json,
                m -> List.of(
                        m.instant("at"),
                        m.choice("colour", Colour.class),
                        m.digest("hash"),
                        m.id("id"),
                        m.object("inner").whole("n"),
                        m.objects("items").stream().map(item -> item.whole("n")).toList(),
                        m.texts("names"),
                        m.optionalText("absent"),
                        m.optionalObject("none").isPresent()));

        assertThat(reading)
                .isEqualTo(new Reading.Ok<>(List.of(
                        Instant.ofEpochSecond(1),
                        Colour.RED,
                        Digest.NONE,
                        "0123456789abcdef0123456789abcdef",
                        -1L,
                        List.of(1L, 2L),
                        List.of("a", "b"),
                        Optional.empty(),
                        false)));
    }

    @Test
    void what_does_not_fit_is_refused_by_its_path() {
        var json = Json.object()
                .put("a", "x")
                .put("list", List.of(Json.object().put("n", "1").build()))
                .put("n", 5)
                .build();

        assertThat(refusal(json, m -> m.text("b"))).isEqualTo("/b: is missing");
        assertThat(refusal(json, m -> m.whole("a"))).isEqualTo("/a: is not a whole number");
        assertThat(refusal(json, m -> m.text("n"))).isEqualTo("/n: is not a text");
        assertThat(refusal(json, m -> m.object("n"))).isEqualTo("/n: is not an object");
        assertThat(refusal(json, m -> m.open("n"))).isEqualTo("/n: is not an object");
        assertThat(refusal(json, m -> m.texts("n"))).isEqualTo("/n: is not a list");
        assertThat(refusal(json, m -> m.objects("list").getFirst().whole("n")))
                .isEqualTo("/list/0/n: is not a whole number");
        assertThat(refusal(json, m -> m.choice("a", Colour.class))).isEqualTo("/a: is not one of [RED]");
        assertThat(refusal(json, m -> m.id("a"))).isEqualTo("/a: is not 32 lower-case hexadecimal digits");
        assertThat(refusal(Json.whole(1), m -> m.text("a"))).isEqualTo("not an object");
    }

    @Test
    void a_range_holds_at_its_ends_and_not_beyond() {
        var json = Json.object().put("n", 5).build();

        assertThat(refusal(json, m -> m.whole("n", 5, 5))).isEmpty();
        assertThat(refusal(json, m -> m.whole("n", 6, 9))).isEqualTo("/n: is not between 6 and 9");
        assertThat(refusal(json, m -> m.whole("n", 1, 4))).isEqualTo("/n: is not between 1 and 4");
    }

    @Test
    void a_text_holds_up_to_its_length_and_not_beyond() {
        assertThat(refusal(Json.object().put("t", "abc").build(), m -> m.text("t", 3)))
                .isEmpty();
        assertThat(refusal(Json.object().put("t", "abcd").build(), m -> m.text("t", 3)))
                .isEqualTo("/t: must have 1 to 3 characters");
        assertThat(refusal(Json.object().put("t", "").build(), m -> m.text("t", 3)))
                .isEqualTo("/t: must have 1 to 3 characters");
    }

    @Test
    void an_unknown_member_is_refused_at_any_depth() {
        var json = Json.object()
                .put("inner", Json.object().put("known", 1).put("more", 2))
                .build();

        assertThat(refusal(json, m -> m.object("inner").whole("known")))
                .isEqualTo("/inner/more: is not a known member");
        assertThat(refusal(json, m -> 1)).isEqualTo("/inner: is not a known member");
        assertThat(refusal(json, m -> m.open("inner"))).isEmpty();
    }

    private static String refusal(Json json, Function<JsonMembers, Object> reader) {
        return switch (JsonMembers.read(json, reader)) {
            case Reading.Ok<Object> _ -> "";
            case Reading.Refused<Object> refused -> refused.text();
        };
    }
}

package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.stack.Tap.Sort;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * A nurse who takes back what waits, or has the pump ask for STOP, while the server dies. Such an order has no row: the log says that somebody wanted it,
 * the pump whether it was done, and she may tap as often as she likes.
 */
final class KilledEnds {
    private final KilledWard ward;
    /** How often the log said so of an order before the tap. */
    private int asked;

    KilledEnds(KilledWard ward) {
        this.ward = ward;
    }

    /** What she is about to tap: something waits for START, or runs. */
    Tap shown(Sort sort) throws Exception {
        var tap = of(sort);
        asked = ward.record().askedToEnd(tap.target());
        return tap;
    }

    private Tap of(Sort sort) throws Exception {
        return switch (sort) {
            case TAKE_BACK -> {
                var waiting = ward.shown(Sort.PROGRAM);
                var order = ward.sendsAgain(waiting);
                KilledWard.eventually(
                        order + " waits", () -> ward.stateOf(order).equals("WAITING"));
                yield end(sort, waiting.place(), order, "cancel", "NOT_NEEDED");
            }
            case STOP -> {
                var place = ward.running();
                ward.heard(place);
                yield end(sort, place, ward.infusionAt(place), "stop", "LINE_OR_SITE");
            }
            case PROGRAM, BY_TWO, RATE, BOLUS -> throw new IllegalArgumentException(sort + " ends nothing");
        };
    }

    private static Tap end(Sort sort, Tap.Place place, String order, String how, String why) {
        return new Tap(sort, place, Tap.ORDERS + "/" + order + "/" + how, Map.of("reason", why));
    }

    /**
     * She taps once more: what was taken back is off the display and the record, and what runs goes on until a person there presses STOP.
     *
     * @param answer what she had heard before the server died
     */
    void settles(Tap tap, Optional<Api.Answer> answer) throws Exception {
        var isOnRecord = onRecord(tap);
        var isShown = !tap.place().showsNone(tap.sort());
        var again = KilledWard.eventually(tap.path(), () -> ward.post(tap), KilledEnds::isKnown);
        if (tap.sort() == Sort.TAKE_BACK) {
            isTakenBack(tap, answer, isShown, again);
        } else {
            isAskedFor(tap, answer, again);
        }
        var isAtPump = tap.sort() == Sort.STOP && isShown;
        assertThat(isOnRecord).as("asked for, on record").isBetween(answer.isPresent() || isAtPump ? 1 : 0, 1);
        assertThat(onRecord(tap)).isGreaterThan(isOnRecord);
        ward.recordAndPumpsAgree();
        ward.nothingChangedByItself();
    }

    /** How often the log says that she asked, since it was shown. */
    int onRecord(Tap tap) throws SQLException {
        return ward.record().askedToEnd(tap.target()) - asked;
    }

    private void isTakenBack(Tap tap, Optional<Api.Answer> answer, boolean waited, Api.Answer again) throws Exception {
        answer.ifPresent(said -> {
            assertThat(said.expect(200).text("did")).isEqualTo("CANCELLED");
            assertThat(waited).as("on the display after it was taken back").isFalse();
        });
        if (waited && again.status() == 200) {
            assertThat(again.text("did")).isEqualTo("CANCELLED");
        } else {
            // Taken back before, or nobody could start it any more.
            assertThat(again.problem()).isEqualTo("nothing-to-end");
        }
        KilledWard.eventually(
                tap.target() + " is dropped", () -> ward.stateOf(tap.target()).equals("DROPPED"));
        assertThat(tap.place().showsNone(tap.sort()))
                .as("%s is free", tap.place())
                .isTrue();
        ward.isFreeAgain(tap);
    }

    private void isAskedFor(Tap tap, Optional<Api.Answer> answer, Api.Answer again) throws Exception {
        answer.ifPresent(said -> assertThat(said.expect(200).text("did")).isEqualTo("ASKS_FOR_STOP"));
        assertThat(again.expect(200).text("did")).isEqualTo("ASKS_FOR_STOP");
        assertThat(tap.place().showsNone(tap.sort())).isFalse();
        tap.place().panel().press(tap.place().channel(), "decline", Map.of());
        assertThat(tap.place().showsNone(tap.sort())).isTrue();
        assertThat(ward.stateOf(tap.target())).isEqualTo("RUNNING");
    }

    /** Whether the pump's own word was heard; until the server has heard of the pump it says so, and nothing was sent then. */
    static boolean isKnown(Api.Answer answer) {
        if (answer.status() == 200 || answer.problem().equals("nothing-to-end")) {
            return true;
        }
        assertThat(answer.status() == 202 || KilledWard.isNotHeard(answer))
                .as(answer.text())
                .isTrue();
        return false;
    }
}

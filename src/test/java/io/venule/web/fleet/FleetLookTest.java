package io.venule.web.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels.Heard;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.web.fleet.FleetLook.Placed;
import io.venule.web.fleet.FleetLook.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which rows of a large fleet a board shows, and in which order. EXPECTATIONS row 33. */
class FleetLookTest {
    private static final int PUMPS = 5_000;
    private static final List<String> DRUGS = List.of("", "DOPamine", "DOBUTamine", "heparin", "insulin");
    private static final FleetLook LOOK = new FleetLook(channels(new Random(33)), Instant.EPOCH);

    private static List<ChannelView> channels(Random random) {
        var views = new ArrayList<ChannelView>();
        for (int number = 1; number <= PUMPS; number++) {
            var serial = new PumpSerial("LV-%05d".formatted(number));
            var pump = new EnrolledPump(
                    serial,
                    "A%06d".formatted(random.nextInt(1_000_000)),
                    PumpModel.LARGE_VOLUME,
                    2,
                    "opc.tcp://127.0.0.1:9/",
                    "",
                    "",
                    true,
                    "*");
            for (int channel = 1; channel <= 2; channel++) {
                views.add(ChannelView.of(pump, channel, heard(new ChannelId(serial, channel), random)));
            }
        }
        return views;
    }

    private static Heard heard(ChannelId channel, Random random) {
        var states = ChannelState.values();
        var status = new ChannelStatus(
                channel,
                states[random.nextInt(states.length)],
                DRUGS.get(random.nextInt(DRUGS.size())),
                new FlowRate(random.nextInt(999_000)),
                Volume.ZERO,
                Volume.ZERO,
                "",
                1,
                Instant.EPOCH);
        return random.nextInt(4) == 0
                ? new Heard.Lost(status, Instant.EPOCH, "the line broke")
                : new Heard.Live(status);
    }

    private static Wanted all(BoardOrder order, int from) {
        return new Wanted(BoardState.ALL, "", order, from);
    }

    @ParameterizedTest
    @EnumSource(BoardOrder.class)
    void page_after_page_shows_each_channel_once_in_that_order(BoardOrder order) {
        var shown = new ArrayList<Placed>();
        for (int from = 0; from < 2 * PUMPS; from += FleetLook.PAGE) {
            var window = LOOK.window(all(order, from));
            assertThat(window.total()).isEqualTo(2 * PUMPS);
            assertThat(window.from()).isEqualTo(from);
            shown.addAll(window.rows());
        }

        assertThat(shown).hasSize(2 * PUMPS);
        assertThat(Set.copyOf(shown.stream().map(Placed::channel).toList())).isEqualTo(Set.copyOf(LOOK.channels()));
        assertThat(shown.stream().map(Placed::order).distinct()).hasSize(2 * PUMPS);
        assertThat(shown.stream().map(Placed::order)).isSorted();
        var compared = switch (order) {
            case URGENCY -> Comparator.comparingInt(ChannelView::rank);
            case CHANNEL -> Comparator.comparing(ChannelView::serial);
            case ASSET -> Comparator.comparing(ChannelView::assetId);
            case DRUG ->
                Comparator.comparing((ChannelView view) -> view.drug().isEmpty())
                        .thenComparing(ChannelView::drug, String.CASE_INSENSITIVE_ORDER);
        };
        assertThat(shown.stream().map(Placed::channel).toList())
                .isSortedAccordingTo(compared.thenComparing(ChannelView::serial).thenComparingInt(ChannelView::number));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "9900, 9900", "9901, 9900", "10000, 9900", "2147483647, 9900"})
    void a_page_that_is_not_there_any_more_is_the_last_one(int from, int shown) {
        assertThat(LOOK.window(all(BoardOrder.CHANNEL, from)).from()).isEqualTo(shown);
    }

    @Test
    void what_nothing_fits_is_an_empty_page() {
        var window = LOOK.window(new Wanted(BoardState.RUNNING, "nothing like it", BoardOrder.URGENCY, 300));

        assertThat(window.rows()).isEmpty();
        assertThat(window.total()).isZero();
        assertThat(window.from()).isZero();
    }

    @Test
    void state_and_text_filter_the_whole_fleet_and_not_a_page_of_it() {
        var fitting = LOOK.channels().stream()
                .filter(view -> view.state().equals("RUNNING") && view.drug().equals("heparin"))
                .toList();

        var window = LOOK.window(new Wanted(BoardState.RUNNING, "heparin", BoardOrder.URGENCY, 0));

        assertThat(fitting).hasSizeGreaterThan(FleetLook.PAGE);
        assertThat(window.total()).isEqualTo(fitting.size());
        assertThat(window.rows()).hasSize(FleetLook.PAGE).allMatch(placed -> fitting.contains(placed.channel()));
    }

    @ParameterizedTest
    @EnumSource(ChannelState.class)
    void each_state_of_a_pump_can_be_asked_for(ChannelState state) {
        var window = LOOK.window(new Wanted(BoardState.of(state.name()), "", BoardOrder.CHANNEL, 0));

        assertThat(window.rows())
                .isNotEmpty()
                .allMatch(placed -> placed.channel().state().equals(state.name()));
    }

    @ParameterizedTest
    @EnumSource(BoardState.class)
    void a_state_is_asked_for_by_its_name(BoardState state) {
        assertThat(BoardState.of(state.name())).isEqualTo(state);
        assertThat(state.label()).isNotBlank();
    }

    @Test
    void what_needs_attention_has_a_mark_and_what_is_away_was_lost_or_never_heard() {
        var away = LOOK.window(new Wanted(BoardState.LOST, "", BoardOrder.CHANNEL, 0));
        var urgent = LOOK.window(new Wanted(BoardState.ATTENTION, "", BoardOrder.CHANNEL, 0));

        assertThat(away.total()).isEqualTo(LOOK.counts().lost());
        assertThat(away.rows()).allMatch(placed -> placed.channel().isAway());
        assertThat(urgent.total()).isEqualTo(LOOK.counts().urgent());
        assertThat(urgent.rows())
                .noneMatch(placed -> placed.channel().priority().isEmpty());
    }

    @Test
    void a_state_that_nobody_knows_is_every_state() {
        assertThat(BoardState.of("")).isEqualTo(BoardState.ALL);
        assertThat(BoardState.of("running")).isEqualTo(BoardState.ALL);
    }

    @Test
    void the_counts_are_of_the_whole_fleet() {
        var counts = LOOK.counts();

        assertThat(counts.all()).isEqualTo(2 * PUMPS);
        assertThat(counts.running()).isEqualTo((int) LOOK.channels().stream()
                .filter(view -> view.state().equals("RUNNING"))
                .count());
        assertThat(counts.lost()).isBetween(2_000, 3_000);
        assertThat(counts.urgent()).isPositive();
    }

    @Test
    void an_order_that_nobody_knows_is_the_first_to_look_at_first() {
        assertThat(BoardOrder.of("")).isEqualTo(BoardOrder.URGENCY);
        assertThat(BoardOrder.of("serial")).isEqualTo(BoardOrder.URGENCY);
        assertThat(BoardOrder.of("ASSET")).isEqualTo(BoardOrder.ASSET);
    }
}

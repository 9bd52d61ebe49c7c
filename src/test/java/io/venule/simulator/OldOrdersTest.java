package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.ChannelState;
import io.venule.signing.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever recorded every order that a pump ever got, and one that was held back, can do nothing with them later. Threat T-35. */
class OldOrdersTest {
    private static final long YEAR = 365L * 24 * 60 * 60 * 1_000;
    private static final int ROUNDS = 4;

    private final PumpRig rig = PumpRig.inRealTime();
    /** Each order's text and the pump's first answer; empty for those that it never got. */
    private final Map<String, String> recorded = new LinkedHashMap<>();

    /** What came between the orders and their replay. */
    enum Since {
        BOOT,
        FACTORY_RESET,
        /** The record key lies in a part that a reset does not reach: the pump is known by the same thumbprint. */
        FACTORY_RESET_OF_ALL_BUT_THE_RECORD_KEY,
        CLOCK_A_YEAR_BACK,
        BOOT_WITH_THE_CLOCK_A_YEAR_BACK,
        FACTORY_RESET_WITH_THE_CLOCK_A_YEAR_BACK
    }

    private void comes(Since since) {
        switch (since) {
            case BOOT -> rig.reboot();
            case FACTORY_RESET -> rig.resetToFactory(false);
            case FACTORY_RESET_OF_ALL_BUT_THE_RECORD_KEY -> rig.resetToFactory(true);
            case CLOCK_A_YEAR_BACK -> {
                var _ = rig.brain().setClock(-YEAR);
            }
            case BOOT_WITH_THE_CLOCK_A_YEAR_BACK -> {
                rig.reboot();
                rig.brain().setClock(-YEAR);
            }
            case FACTORY_RESET_WITH_THE_CLOCK_A_YEAR_BACK -> {
                rig.resetToFactory(true);
                rig.brain().setClock(-YEAR);
            }
        }
    }

    private OrderDraft next() {
        return numbered(rig.order());
    }

    private OrderDraft numbered(OrderDraft draft) {
        return draft.with("id", "%032x".formatted(recorded.size() + 1));
    }

    private String sent(OrderDraft draft) {
        var text = heldBack(draft);
        recorded.put(text, answer(1, text));
        return text;
    }

    private String heldBack(OrderDraft draft) {
        var text = draft.signedBy(rig.keys().order());
        recorded.put(text, "");
        return text;
    }

    /** Infused and stopped, dropped, refused, cancelled, and held back. */
    private void listen() {
        for (int i = 0; i < ROUNDS; i++) {
            sent(next());
            rig.brain().start(1, "NURSE-7");
            assertThat(rig.channel().state()).isEqualTo(ChannelState.RUNNING);
            rig.brain().stop(1, "NURSE-7");
            sent(next());
            assertThat(rig.channel().state()).isEqualTo(ChannelState.ORDER_PENDING);
            rig.pass(60_000);
            rig.brain().tick();
            sent(next().inside("expect", "stateVersion", Json.whole(99)));
            var waiting = sent(next());
            assertThat(rig.channel().state()).isEqualTo(ChannelState.ORDER_PENDING);
            sent(numbered(OrderDraft.end("cancel", rig.order(), waiting)));
            assertThat(rig.channel().state()).isEqualTo(ChannelState.IDLE);
            heldBack(next());
        }
        assertThat(recorded).hasSize(6 * ROUNDS);
    }

    @ParameterizedTest
    @EnumSource(Since.class)
    void an_old_order_gets_its_old_answer_or_is_refused_and_nothing_happens(Since since) {
        listen();
        comes(since);
        var shown = rig.brain().view().channels();
        var accepted = accepted();

        recorded.forEach((text, first) -> {
            var again = answer(1, text);
            if (!again.equals(first)) {
                assertThat(refusal(again)).isIn("AUDIENCE", "SIGNATURE");
            }
            assertThat(refusal(answer(2, text))).isIn("AUDIENCE", "SIGNATURE");
        });

        assertThat(rig.brain().view().channels()).isEqualTo(shown);
        assertThat(accepted()).isEqualTo(accepted);
        assertThat(rig.types()).endsWith("orderRejected");
    }

    private long accepted() {
        return rig.types().stream().filter("orderAccepted"::equals).count();
    }

    private String answer(int channel, String text) {
        return new String(rig.brain().submitOrder(channel, PumpRig.bytes(text)), StandardCharsets.US_ASCII);
    }

    private static String refusal(String receipt) {
        return PumpRig.code(PumpRig.payload(receipt));
    }
}

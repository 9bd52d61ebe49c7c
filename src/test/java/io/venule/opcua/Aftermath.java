package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.order.PumpLink.Delivery;
import io.venule.order.PumpLink.ReadBack;
import io.venule.order.PumpLink.Readiness;
import io.venule.order.SignedOrder;
import io.venule.pump.PumpEvent;
import io.venule.pump.RecordHead;
import java.time.Duration;
import java.util.stream.IntStream;

/** What must hold once a network is well again, whatever it did before. */
record Aftermath(PumpWard ward, Duration patience) {
    /** Whether the pump took the order, by its receipt or by its own word afterwards; anything else is no end. */
    boolean settled(SignedOrder order, Delivery delivery) {
        return switch (delivery) {
            case Delivery.Answered(var receipt) ->
                receipt.order().equals(order.id().value());
            case Delivery.Unconfirmed unconfirmed -> {
                ready();
                var said = await().atMost(patience)
                        .until(
                                () -> ward.link().readBack(ward.channel(), order.id()),
                                answer -> !(answer instanceof ReadBack.NotReachable));
                yield said instanceof ReadBack.Known;
            }
        };
    }

    /** Waits until the pump answers. */
    void ready() {
        await().atMost(patience).until(() -> ward.link().challenge(ward.channel()) instanceof Readiness.Ready);
    }

    /** So many of this kind came, and no more. */
    void heard(Class<? extends PumpEvent> kind, int times) {
        await().atMost(patience).until(() -> count(kind) >= times);
        assertThat(count(kind)).as(kind.getSimpleName()).isEqualTo(times);
    }

    private int count(Class<? extends PumpEvent> kind) {
        return Math.toIntExact(ward.events().stream().filter(kind::isInstance).count());
    }

    /** Every record is here once and follows the one before it. */
    void everyRecordFollows() {
        var records = ward.records();
        assertThat(records.getFirst().position().sequence()).isEqualTo(1);
        assertThat(IntStream.range(1, records.size())).allMatch(i -> {
            var before = records.get(i - 1);
            return new RecordHead(before.position(), before.hash()).isFollowedBy(records.get(i));
        });
    }

    void nobodyIsOutOfUse() {
        assertThat(ward.doubts)
                .noneMatch(entry -> String.valueOf(entry.said("what")).equals("quarantined"));
    }
}

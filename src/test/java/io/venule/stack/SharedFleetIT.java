package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.simulator.FleetPlan;
import io.venule.simulator.PumpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

/**
 * Three servers, the packaged application each, share one fleet: one is killed, one is stopped where it stands and goes on later. Threat T-70,
 * promises P-04, P-05, P-06; DESIGN, "Scale-out". {@code -Dvenule.frozen.seconds=90} stops it for longer. Takes about a minute and a half.
 */
class SharedFleetIT {
    private static final Duration TAKEOVER = Duration.ofSeconds(10);
    private static final Duration FROZEN = Duration.ofSeconds(Long.getLong("venule.frozen.seconds", 12));
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void of_three_servers_one_is_killed_and_one_freezes_and_nothing_is_lost_or_doubled_or_sent_late() throws Exception {
        try (var stack = VenuleStack.start(
                        RunFolder.forTests(), VenuleStack.freePort(), new FleetPlan(0, 6, 1, Optional.empty()));
                var ward = new SharedWard(stack)) {
            ward.pumpsAreSpreadEvenly(3);
            ward.everyServerShowsEveryPump();
            var release = ward.publishedOnOneServerIsWorkedWithOnAll();
            try (var doors = new Doors(stack)) {
                var running = ward.placedAndStarted(
                        "RX-1011", ward.pumpsOf(ward.third()).getFirst());

                pumpsOfTheKilledAreTakenOver(ward);

                theFrozenSendsNothingWhenItWakes(ward, stack);
                ward.pumpsAreSpreadEvenly(2);
                doors.stop();
                ward.record().everyDoorIsThereOnceAndInOrder(doors.pressed());
                assertThat(ward.stateOf(running)).isEqualTo("RUNNING");
            }
            ward.everyOrderHasADefiniteStateAndWasTakenOnce();
            ward.aServerThatStartsLaterWorksWithIt(release);
            ward.whereOneWhoSignedItDoesNotCountAnyMoreNoServerStarts(release);
        }
    }

    private static void pumpsOfTheKilledAreTakenOver(SharedWard ward) throws Exception {
        var orphans = ward.pumpsOf(ward.second());
        assertThat(orphans).hasSize(2);
        ward.second().kill();
        var killed = Instant.now();

        var refused = ward.tried("RX-1003", orphans.getFirst());
        await().atMost(left(TAKEOVER, killed))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ward.areHeardSince(killed, orphans));
        var order = ward.placedAndStarted("RX-1003", orphans.getFirst());

        assertThat(refused).isBetween(400, 599);
        assertThat(ward.stateOf(order)).isEqualTo("RUNNING");
    }

    /** What it is told while it sleeps, and what lies in its queue, stays undone: its old sessions call no method of any pump again. */
    private static void theFrozenSendsNothingWhenItWakes(SharedWard ward, VenuleStack stack) throws Exception {
        var frozen = ward.third();
        var held = ward.pumpsOf(frozen);
        var waiting = ward.placed("RX-1004", held.getLast(), 2);
        var address = ward.queueOf(frozen);

        frozen.freeze();
        var since = Instant.now();
        var old = held.stream()
                .flatMap(pump -> stack.fleet().clients(pump.enrolment().serial()).stream())
                .toList();
        putAgain(stack, address, ward.signedTextOf(waiting));
        await().atMost(left(TAKEOVER, since))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> ward.areHeardSince(since, held));
        var calls = callsOf(old);
        await().pollDelay(left(FROZEN, since)).atMost(FROZEN.plusSeconds(10)).until(() -> true);
        frozen.thaw();

        await().atMost(PATIENCE).until(() -> isEmpty(stack, address));
        ward.pumpsAreSpreadEvenly(2);
        assertThat(old).isNotEmpty();
        assertThat(callsOf(old)).isEqualTo(calls);
    }

    /** What is left of a time that began at a moment; a little at least. */
    private static Duration left(Duration time, Instant since) {
        var left = time.minus(Duration.between(since, Instant.now()));
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    private static List<Long> callsOf(List<PumpClient> clients) {
        return clients.stream().map(client -> client.calls().getAsLong()).toList();
    }

    /** A good order that is not void yet, in the queue of a server that holds its pump no more. */
    private static void putAgain(VenuleStack stack, String address, String text) throws Exception {
        try (var factory =
                        new ActiveMQConnectionFactory(stack.artemis().address().toString());
                var context = factory.createContext(
                        stack.artemis().user(), stack.artemis().password())) {
            var message = context.createTextMessage(text);
            message.setStringProperty("venuleKind", "ORDER");
            message.setStringProperty("venuleSeal", "0".repeat(64));
            message.setJMSCorrelationID("again");
            context.createProducer().send(context.createQueue(address), message);
        }
    }

    private static boolean isEmpty(VenuleStack stack, String address) throws Exception {
        try (var factory =
                        new ActiveMQConnectionFactory(stack.artemis().address().toString());
                var context = factory.createContext(
                        stack.artemis().user(), stack.artemis().password());
                var browser = context.createBrowser(context.createQueue(address))) {
            return !browser.getEnumeration().hasMoreElements();
        }
    }
}

package io.venule.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.OrderId;
import io.venule.order.OrderOp;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.PumpLink;
import io.venule.order.SignedOrder;
import io.venule.order.SignedOrderFixture;
import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.pump.Receipt;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.Digest;
import io.venule.signing.KeyFiles;
import io.venule.signing.OrderKeys;
import io.venule.signing.SigningKey;
import io.venule.stack.BackboneResource;
import io.venule.staff.SubjectId;
import jakarta.inject.Inject;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The way to a pump over a real broker: nothing unsigned and nothing old gets through, and silence is silence. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
@TestProfile(ArtemisPumpLinkIT.WithRecordingPump.class)
class ArtemisPumpLinkIT {
    /** A gateway in front of {@link RecordingPump}, and a short wait for replies. */
    public static final class WithRecordingPump implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(RecordingPump.class, EveryPumpHere.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("venule.messaging.reply-limit", "2s");
        }
    }

    private static final AtomicLong NEXT = new AtomicLong(0x1000);

    @Inject
    ArtemisPumpLink link;

    @Inject
    @Identifier(OrderGateway.LOCAL)
    RecordingPump pump;

    @Inject
    ConnectionFactory broker;

    @Inject
    AuditLog log;

    @Inject
    InstantSource clock;

    @Inject
    @ConfigProperty(name = "venule.keys.directory")
    Path keys;

    /** The key of every ward, because nobody enrolled these pumps. */
    private SigningKey orderKey() {
        var root = KeyFiles.verifyingKey(keys.resolve("root.pub"));
        return OrderKeys.in(keys.resolve(OrderKeys.FOLDER), root).all().stream()
                .filter(held -> held.certificate().scope().equals("*"))
                .findFirst()
                .map(OrderKeys.Held::key)
                .orElseThrow();
    }

    private static ChannelId channel(String serial) {
        return new ChannelId(new PumpSerial(serial), 1);
    }

    private static OrderView order(String serial, Instant expires) {
        return new OrderView(
                new OrderId(String.format(Locale.ROOT, "%032x", NEXT.getAndIncrement())),
                "0".repeat(32),
                new OrderState.Approved(),
                new PrescriptionId("RX-0001"),
                channel(serial),
                "a".repeat(64),
                "DOPamine",
                "5 mcg/kg/min",
                FlowRate.ofMillilitresPerHour("13.1"),
                Volume.ofMillilitres("250"),
                "",
                new SubjectId("subject-nurse"),
                "Nina Nurse",
                expires.minusSeconds(60),
                expires,
                "",
                OrderOp.PROGRAM,
                "");
    }

    private SignedOrder fresh(String serial) {
        return SignedOrderFixture.signed(order(serial, clock.instant().plusSeconds(60)), orderKey());
    }

    @Test
    void a_challenge_comes_back_as_the_pump_gave_it() {
        var channel = channel("VP-0001");

        var readiness = link.challenge(channel);

        assertThat(readiness).isEqualTo(pump.challenge(channel));
    }

    @Test
    void an_order_arrives_once_with_the_very_text_that_was_signed_and_its_receipt_comes_back() {
        var order = fresh("VP-0001");

        var delivery = link.deliver(order);

        assertThat(delivery).isInstanceOf(PumpLink.Delivery.Answered.class);
        var receipt = ((PumpLink.Delivery.Answered) delivery).receipt();
        assertThat(receipt.order()).isEqualTo(order.id().value());
        assertThat(receipt.answer()).isEqualTo(new Receipt.Answer.Accepted());
        assertThat(pump.delivered())
                .filteredOn(seen -> seen.id().equals(order.id()))
                .singleElement()
                .extracting(SignedOrder::text)
                .isEqualTo(order.text());
    }

    @Test
    void a_read_back_says_whether_the_pump_saw_the_order() {
        var seen = fresh("VP-0001");
        link.deliver(seen);

        assertThat(link.readBack(seen.channel(), seen.id())).isInstanceOf(PumpLink.ReadBack.Known.class);
        assertThat(link.readBack(seen.channel(), fresh("VP-0001").id())).isEqualTo(new PumpLink.ReadBack.NeverSeen());
    }

    @Test
    void a_pump_that_does_not_answer_is_unconfirmed_and_nothing_is_sent_again() {
        var order = fresh("VP-SILENT");

        var delivery = link.deliver(order);

        assertThat(delivery).isInstanceOf(PumpLink.Delivery.Unconfirmed.class);
        assertThat(pump.delivered())
                .filteredOn(seen -> seen.id().equals(order.id()))
                .hasSize(1);
    }

    /** T-32, P-07: a hundred stops, each with its challenge, while ten thousand orders wait and every place is held by a slow pump. */
    @Test
    void a_stop_goes_past_ten_thousand_orders_that_wait_within_a_second() throws Exception {
        var line =
                IntStream.range(0, 100).mapToObj(i -> fresh("VP-" + i + "SLOW")).toList();
        try {
            putIntoQueue(IntStream.range(0, 10_000)
                    .mapToObj(i -> line.get(i % line.size()).text())
                    .toList());
            await().atMost(Duration.ofSeconds(10)).until(() -> slowDelivered() >= 60);
            var took = new ArrayList<Duration>();
            for (int i = 0; i < 100; i++) {
                var from = System.nanoTime();
                assertThat(link.challengeAhead(channel("VP-0001"))).isInstanceOf(PumpLink.Readiness.Ready.class);
                var stop =
                        SignedOrderFixture.stop(order("VP-0001", clock.instant().plusSeconds(15)), orderKey());
                assertThat(link.deliver(stop)).isInstanceOf(PumpLink.Delivery.Answered.class);
                took.add(Duration.ofNanos(System.nanoTime() - from));
            }

            assertThat(took.stream().sorted().toList().get(98)).isLessThan(Duration.ofSeconds(1));
            assertThat(slowDelivered()).isLessThan(10_000);
        } finally {
            pump.goOn();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> link.challenge(channel("VP-0001")) instanceof PumpLink.Readiness.Ready);
        }
    }

    private long slowDelivered() {
        return pump.delivered().stream()
                .filter(order -> order.channel().pump().value().endsWith("SLOW"))
                .count();
    }

    @Test
    void an_order_for_a_pump_that_no_server_holds_goes_nowhere() {
        var order = fresh("VP-NOBODY");

        assertThat(link.challenge(order.channel())).isInstanceOf(PumpLink.Readiness.NotReachable.class);
        assertThat(link.deliver(order))
                .isEqualTo(new PumpLink.Delivery.Unconfirmed("no server has a session with pump VP-NOBODY"));
        assertThat(pump.delivered()).noneMatch(seen -> seen.id().equals(order.id()));
    }

    /** One server is asked, once: an order that its holder does not answer is sent to nobody else. */
    @Test
    void an_order_for_a_pump_of_another_server_waits_in_that_servers_queue_until_it_is_void() {
        var order = fresh("VP-ELSEWHERE");

        var delivery = link.deliver(order);

        assertThat(delivery).isInstanceOf(PumpLink.Delivery.Unconfirmed.class);
        assertThat(pump.delivered()).noneMatch(seen -> seen.id().equals(order.id()));
        try (var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            var theirs = context.createConsumer(context.createQueue(Lane.ORDERS.address("gateway-2")));
            var message = theirs.receive(2_000);
            assertThat(message.getBody(String.class)).isEqualTo(order.text());
            assertThat(Instant.ofEpochMilli(message.getJMSExpiration()))
                    .isBetween(order.expires().minusSeconds(5), order.expires().plusSeconds(1));
            assertThat(theirs.receive(200)).isNull();
        } catch (jakarta.jms.JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_order_that_is_void_is_never_put_into_the_queue() {
        var order = SignedOrderFixture.signed(order("VP-0001", clock.instant()), orderKey());

        assertThat(link.deliver(order)).isInstanceOf(PumpLink.Delivery.Unconfirmed.class);
        assertThat(pump.delivered()).noneMatch(seen -> seen.id().equals(order.id()));
    }

    /** T-18. */
    @Test
    void an_order_forged_by_someone_who_can_write_to_the_broker_is_dropped_and_audited() {
        var forged = SignedOrderFixture.signed(
                order("VP-0001", clock.instant().plusSeconds(60)), SigningKey.generate(new SecureRandom()));

        putIntoQueue(forged.text());

        awaitDropped(forged, "forged");
    }

    /** T-31, T-32. */
    @Test
    void an_order_that_grew_old_in_the_queue_is_dropped_and_audited() {
        var old = SignedOrderFixture.signed(order("VP-0001", clock.instant().minusMillis(1)), orderKey());

        putIntoQueue(old.text());

        awaitDropped(old, "void");
    }

    @Test
    void a_question_without_our_seal_reaches_no_pump() {
        try (var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            var replyTo = context.createTemporaryQueue();
            var message = context.createTextMessage(GatewayText.question(channel("VP-0001")));
            new Envelope("CHALLENGE", "guess", "", "0".repeat(64)).fill(message);
            message.setJMSReplyTo(replyTo);
            context.createProducer().send(context.createQueue(Lane.ORDERS.address("gateway-1")), message);

            assertThat(context.createConsumer(replyTo).receive(1000)).isNull();
        } catch (jakarta.jms.JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void every_entry_of_the_log_reaches_subscribers_in_order() throws Exception {
        try (var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            var subscriber = context.createConsumer(context.createTopic(ArtemisAuditRelay.TOPIC));
            var size = log.head().size();
            putIntoQueue("no order 1");
            putIntoQueue("no order 2");
            var seen = new ArrayList<Long>();
            while (seen.isEmpty() || seen.getLast() < size + 1) {
                var message = subscriber.receive(10_000);
                assertThat(message).as("entry after %s", seen).isInstanceOf(BytesMessage.class);
                var index = message.getLongProperty(ArtemisAuditRelay.INDEX);
                var bundle = ByteBuffer.wrap(message.getBody(byte[].class));
                while (bundle.hasRemaining()) {
                    var leaf = new byte[Short.toUnsignedInt(bundle.getShort())];
                    bundle.get(leaf);
                    assertThat(leaf)
                            .isEqualTo(log.entry(index).orElseThrow().entry().canonical());
                    seen.add(index);
                    index++;
                }
            }
            assertThat(seen)
                    .containsExactlyElementsOf(LongStream.rangeClosed(seen.getFirst(), seen.getLast())
                            .boxed()
                            .toList());
        }
    }

    private void putIntoQueue(String text) {
        putIntoQueue(List.of(text));
    }

    private void putIntoQueue(List<String> texts) {
        try (var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            var queue = context.createQueue(Lane.ORDERS.address("gateway-1"));
            var producer = context.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (var text : texts) {
                var message = context.createTextMessage(text);
                new Envelope("ORDER", "forger", text, "0".repeat(64)).fill(message);
                producer.send(queue, message);
            }
        } catch (jakarta.jms.JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitDropped(SignedOrder order, String cause) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(log.latest(20)).anySatisfy(logged -> {
                    assertThat(logged.entry().kind()).isEqualTo(AuditKind.ORDER_REFUSED);
                    assertThat(logged.entry().details().members().get("text"))
                            .isEqualTo(io.venule.signing.Json.text(
                                    Digest.ofText(order.text()).hex()));
                    assertThat(logged.entry().details().toString()).contains(cause);
                }));
        assertThat(pump.delivered()).noneMatch(seen -> seen.id().equals(order.id()));
    }
}

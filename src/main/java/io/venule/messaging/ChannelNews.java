package io.venule.messaging;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.venule.messaging.ChannelText.News;
import io.venule.order.PumpHolders;
import io.venule.pump.LiveChannels;
import io.venule.pump.LiveChannels.Heard;
import io.venule.pump.PumpSerial;
import io.venule.signing.JsonMembers.Reading;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Topic;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells the other servers what this one heard of its pumps, and takes over what they heard of theirs, so that each shows every channel.
 * Only the pump's holder is believed. Whoever tells nothing any more has lost its channels: nothing is shown as live on a guess. P-06.
 */
@Singleton
final class ChannelNews {
    static final String TOPIC = "venule.channels";
    private static final String PURPOSE = "channels";

    private final ConnectionFactory broker;
    private final ClusterSeal seal;
    private final PumpHolders holders;
    private final LiveChannels live;
    private final MessagingSettings settings;
    private final InstantSource clock;
    /** When a pump of another server was last told of, by a clock that nobody sets. */
    private final Map<PumpSerial, Long> told = new ConcurrentHashMap<>();

    private final CountDownLatch stopped = new CountDownLatch(1);

    ChannelNews(
            ConnectionFactory broker,
            ClusterSeal seal,
            PumpHolders holders,
            LiveChannels live,
            MessagingSettings settings,
            InstantSource clock) {
        this.broker = broker;
        this.seal = seal;
        this.holders = holders;
        this.live = live;
        this.settings = settings;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("channel-news").start(this::workUntilStopped);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void workUntilStopped() {
        try {
            do {
                work();
            } while (!stopped.await(settings.newsEvery().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() throws InterruptedException {
        try (var context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE);
                var listening = context.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            var topic = context.createTopic(TOPIC);
            listening.createConsumer(topic).setMessageListener(this::take);
            var producer = context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setTimeToLive(settings.newsLimit().toMillis());
            do {
                tell(context, producer, topic);
                forget();
            } while (!stopped.await(settings.newsEvery().toMillis(), TimeUnit.MILLISECONDS));
        } catch (JMSException | JMSRuntimeException e) {
            forget();
            Log.warnf("no news of other servers' pumps, connecting again: error=%s", e.getMessage());
        }
    }

    private void tell(JMSContext context, JMSProducer producer, Topic topic) throws JMSException {
        if (!holders.hasOthers()) {
            return;
        }
        for (var news : news()) {
            var number = UUID.randomUUID().toString();
            var body = ChannelText.text(news);
            var message = context.createTextMessage(body);
            new Envelope("NEWS", number, body, seal.of(PURPOSE, number, body)).fill(message);
            producer.send(topic, message);
        }
    }

    /** Of this server's own pumps, in parts. */
    private List<News> news() {
        var heard = live.all().stream().filter(one -> isOwn(pumpOf(one))).toList();
        var missed = live.allMissed().stream().filter(one -> isOwn(one.pump())).toList();
        return Stream.concat(
                        parts(heard).map(part -> new News(holders.here(), part, List.of())),
                        parts(missed).map(part -> new News(holders.here(), List.of(), part)))
                .toList();
    }

    private static <T> Stream<List<T>> parts(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + ChannelText.MOST)
                .mapToObj(from -> all.subList(from, Math.min(all.size(), from + ChannelText.MOST)));
    }

    private void take(jakarta.jms.Message message) {
        try {
            Envelope.of(message)
                    .filter(news -> seal.holds(news.seal(), PURPOSE, news.number(), news.body()))
                    .ifPresentOrElse(
                            news -> take(news.body()), () -> Log.warn("news that no server of ours sent were dropped"));
        } catch (JMSException e) {
            Log.warnf("news could not be read: error=%s", e.getMessage());
        }
    }

    private void take(String body) {
        switch (ChannelText.read(body)) {
            case Reading.Ok<News>(var news) -> {
                news.channels().stream()
                        .filter(heard -> isOf(news.server(), pumpOf(heard)))
                        .forEach(this::take);
                news.missed().stream()
                        .filter(missed -> isOf(news.server(), missed.pump()))
                        .forEach(live::miss);
            }
            case Reading.Refused<News> refused -> Log.warnf("news could not be read: error=%s", refused.text());
        }
    }

    private void take(Heard heard) {
        told.put(pumpOf(heard), System.nanoTime());
        live.hear(heard);
    }

    /** Marks as lost what another server had and tells nothing of any more. */
    private void forget() {
        var limit = settings.newsLimit();
        new HashMap<>(told).forEach((pump, at) -> {
            if (isOwn(pump)) {
                told.remove(pump);
            } else if (System.nanoTime() - at > limit.toNanos() && told.remove(pump, at)) {
                live.lose(pump, clock.instant().minus(limit), "the server that had this pump says nothing");
            }
        });
    }

    /** Whether the server, which is another one, has the pump. */
    private boolean isOf(String server, PumpSerial pump) {
        return !isOwn(pump) && isHolder(server, pump);
    }

    private boolean isOwn(PumpSerial pump) {
        return isHolder(holders.here(), pump);
    }

    private boolean isHolder(String server, PumpSerial pump) {
        return holders.of(pump).filter(server::equals).isPresent();
    }

    private static PumpSerial pumpOf(Heard heard) {
        return heard.status().channel().pump();
    }
}

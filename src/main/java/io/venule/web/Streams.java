package io.venule.web;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Live streams for pages and programs: what changed since the last look, and a sign of life where nothing did. Bounded in number. */
@Singleton
public class Streams {
    private final WebSettings settings;
    private final Problems problems;
    private final AtomicInteger open = new AtomicInteger();

    Streams(WebSettings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** One message. */
    public record Message(String name, String data) {}

    /** Looks every {@code every} and sends what the look gives; the look runs on a worker thread and may block. */
    public Multi<OutboundSseEvent> of(Sse sse, Duration every, Supplier<List<Message>> look) {
        if (open.incrementAndGet() > settings.maxStreams()) {
            open.decrementAndGet();
            throw problems.refuse(ProblemType.TOO_MANY, "");
        }
        var quiet = new AtomicInteger();
        var looksPerBeat = Math.max(1, (int) (settings.heartbeat().toMillis() / every.toMillis()));
        return Multi.createFrom()
                .ticks()
                .every(every)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .onItem()
                .transformToMultiAndConcatenate(
                        tick -> Multi.createFrom().iterable(withBeat(look.get(), quiet, looksPerBeat)))
                .map(message -> sse.newEventBuilder()
                        .name(message.name())
                        .data(String.class, message.data())
                        .build())
                .onTermination()
                .invoke(open::decrementAndGet);
    }

    private static List<Message> withBeat(List<Message> news, AtomicInteger quiet, int looksPerBeat) {
        if (!news.isEmpty()) {
            quiet.set(0);
            return news;
        }
        return quiet.incrementAndGet() % looksPerBeat == 0 ? List.of(new Message("beat", "")) : news;
    }
}

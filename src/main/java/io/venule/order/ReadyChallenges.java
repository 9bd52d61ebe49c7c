package io.venule.order;

import io.venule.order.PumpLink.Readiness;
import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.LiveChannels;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks a pump for its challenge while the nurse still reads the verdict, so that the yes need not wait for it. A challenge kept ready is used once, only while it is
 * young, and only if nothing newer was heard of the channel; in any other case there is none, and the pump is asked as ever. The pump judges the order by the nonce and
 * the situation in it all the same, and may have forgotten it for others by then. At most one is asked for per channel in {@link #KEPT}, so that scanning again and
 * again displaces nobody's nonce. Promise P-07.
 */
public final class ReadyChallenges {
    /** A nonce lives 30 s at the pump, and the order made with it has yet to be recorded and sent. */
    static final Duration KEPT = Duration.ofSeconds(15);
    /** Channels with one kept at most; beyond it none is asked for ahead. */
    static final int MOST = 10_000;

    private final Function<ChannelId, Readiness> question;
    private final LiveChannels channels;
    private final Supplier<Duration> uptime;
    private final Asking asking;
    private final Map<ChannelId, Asked> kept = new ConcurrentHashMap<>();

    /** Where pumps are asked while somebody reads, and how those wait who want an answer that is still on its way. */
    public interface Asking {
        /** Has the question asked, now or soon. */
        void ask(Runnable question);

        /** Waits for the answer and gives it. */
        Readiness await(CompletableFuture<Readiness> answer);

        /** On these threads; whoever wants the answer waits on its own. */
        static Asking on(Executor threads) {
            return new Asking() {
                @Override
                public void ask(Runnable question) {
                    threads.execute(question);
                }

                @Override
                public Readiness await(CompletableFuture<Readiness> answer) {
                    return answer.join();
                }
            };
        }
    }

    /** What was asked, and when. */
    private record Asked(CompletableFuture<Readiness> answer, Duration at) {}

    /**
     * @param question asks the pump
     * @param channels what is heard of channels meanwhile
     * @param uptime time since some fixed moment; goes on evenly and is never set
     * @param asking how questions are asked and waited for
     */
    public ReadyChallenges(
            Function<ChannelId, Readiness> question, LiveChannels channels, Supplier<Duration> uptime, Asking asking) {
        this.question = question;
        this.channels = channels;
        this.uptime = uptime;
        this.asking = asking;
        var _ = channels.follow(this::forgetIfLost);
    }

    /** What a pump said before its session broke is worth nothing after. */
    private void forgetIfLost(ChannelId channel) {
        if (channels.of(channel)
                .filter(LiveChannels.Heard.Lost.class::isInstance)
                .isPresent()) {
            kept.remove(channel);
        }
    }

    /** A challenge of this channel may be wanted soon; asks for it, unless one is kept. */
    void prepare(ChannelId channel) {
        var now = uptime.get();
        kept.values().removeIf(asked -> !isYoung(asked, now));
        var next = new Asked(new CompletableFuture<>(), now);
        if (kept.size() < MOST && kept.putIfAbsent(channel, next) == null) {
            asking.ask(() -> ask(channel, next.answer()));
        }
    }

    private void ask(ChannelId channel, CompletableFuture<Readiness> answer) {
        try {
            answer.complete(question.apply(channel));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** The one kept for this channel, which then is kept no longer; empty where there is none of use. */
    Optional<Readiness.Ready> take(ChannelId channel) {
        var now = uptime.get();
        return Optional.ofNullable(kept.remove(channel))
                .filter(asked -> isYoung(asked, now))
                .flatMap(this::usable);
    }

    private Optional<Readiness.Ready> usable(Asked asked) {
        try {
            return switch (asking.await(asked.answer())) {
                case Readiness.Ready ready when isNewest(ready.challenge()) -> Optional.of(ready);
                case Readiness.Ready old -> Optional.empty();
                case Readiness.NotReachable not -> Optional.empty();
            };
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    private boolean isNewest(Challenge challenge) {
        return channels.of(challenge.channel())
                .filter(heard -> heard.status().stateVersion() > challenge.stateVersion())
                .isEmpty();
    }

    private static boolean isYoung(Asked asked, Duration now) {
        return now.minus(asked.at()).compareTo(KEPT) < 0;
    }
}

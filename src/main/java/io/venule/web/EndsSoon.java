package io.venule.web;

import io.venule.order.Ending;
import io.venule.order.Endings;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What all orders need and what ends soon, as pages say it.
 *
 * @param word how soon
 * @param then what no longer goes from then on
 * @param remedy what is to be done
 */
public record EndsSoon(String what, Shown look, String word, String until, String then, String remedy) {
    /** What must be seen to now, what ends first first. */
    public static List<EndsSoon> of(Endings endings, Predicate<Ending.Kind> wanted, Times times) {
        var now = endings.now();
        return endings.soon().stream()
                .filter(ending -> wanted.test(ending.kind()))
                .map(ending -> of(ending, now, times))
                .toList();
    }

    private static EndsSoon of(Ending ending, Instant now, Times times) {
        var left = new TimeLeft(ending.left(now));
        return new EndsSoon(
                ending.what(),
                left.look(),
                left.word(),
                times.show(ending.until()).exact(),
                ending.then(),
                ending.remedy());
    }
}

package io.venule.signing;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which order keys to make at once: one for each ward and day. A hospital makes some days ahead, because the root is offline and people are
 * not there each morning; the batch is bounded, because whoever takes the server has the keys that lie on it.
 *
 * @param days how many, from 1 to 92
 * @param wards each as pumps know it, or {@code *} for a key of all wards
 */
public record OrderBatch(int days, List<String> wards) {
    /** A quarter of a year. */
    public static final int MAX_DAYS = 92;

    private static final int MAX_KEYS = 10_000;
    private static final Duration DAY = Duration.ofHours(24);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

    public OrderBatch {
        wards = List.copyOf(wards);
        if (days < 1 || days > MAX_DAYS || wards.isEmpty() || wards.size() * days > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "order keys are made for 1 to " + MAX_DAYS + " days, at most " + MAX_KEYS);
        }
        if (!wards.stream().allMatch(OrderBatch::isWard)
                || wards.stream().distinct().count() != wards.size()) {
            throw new IllegalArgumentException("not wards, each once: " + wards);
        }
    }

    /** Whether this names a ward, or all. */
    public static boolean isWard(String name) {
        return name.equals(KeyCertificate.EVERY_SCOPE) || name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
    }

    /** When the next key's day begins where the last one ends then. */
    static Instant following(Instant end, Instant now) {
        var begin = end.minus(MakeKeys.CLOCK_ALLOWANCE);
        return begin.isAfter(now) ? begin : now;
    }

    /** The files, by name below the key folder. Each key is good from a little before its day to a little after it, so that two days overlap. */
    Map<String, String> files(SigningKey root, Instant from, SecureRandom random) {
        var files = new LinkedHashMap<String, String>();
        for (var ward : wards) {
            for (int day = 0; day < days; day++) {
                var begin = from.plus(DAY.multipliedBy(day));
                var key = SigningKey.generate(random);
                var certificate = new KeyCertificate(
                        key.verifyingKey(),
                        KeyRole.ORDER,
                        ward,
                        begin.minus(MakeKeys.CLOCK_ALLOWANCE),
                        begin.plus(DAY).plus(MakeKeys.CLOCK_ALLOWANCE));
                var name = OrderKeys.FOLDER + "/" + (ward.equals(KeyCertificate.EVERY_SCOPE) ? "every-ward" : ward)
                        + "-" + NAME.format(begin);
                files.put(name + ".key", KeyFiles.pem(key));
                files.put(name + ".jws", certificate.signedBy(root) + "\n");
            }
        }
        return files;
    }
}

package io.venule.simulator;

import com.sun.management.ThreadMXBean;
import io.venule.signing.Jws;
import io.venule.signing.SigningKey;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Shows a reader of signed texts changed copies of the published examples. A third are changed as they stand and must be refused; a third
 * have another header, rightly signed, and must be refused; a third have another payload, rightly signed, and may be believed only if that
 * payload is in the one form that the contract allows. A reader answers, always, in bounded memory. {@code -Dfuzz.executions} says how many
 * times, {@code -Dfuzz.seed} where to begin; a failure names the seed that repeats it alone.
 */
public final class Fuzz {
    static final long EXECUTIONS = Long.getLong("fuzz.executions", 1_000);
    static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);
    /** What reading one text may allocate: a parsed text of 16 KiB, many times over. */
    private static final long MOST_BYTES = 16L << 20;
    /** A text that is too long is refused before anything is made of it. */
    private static final long MOST_BYTES_OF_A_LONG_TEXT = 1L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Sample> samples;
    private final Predicate<String> reader;
    private long believed;

    /** A good text, and what made it. */
    record Sample(String text, String type, SigningKey key) {
        private byte[] payload() {
            return Base64.getUrlDecoder().decode(text.split("\\.", -1)[1]);
        }
    }

    private Fuzz(List<Sample> samples, Predicate<String> reader) {
        this.samples = samples;
        this.reader = reader;
    }

    /**
     * Runs a reader on changed copies of the folder's good examples; the result is how many were believed.
     *
     * @param reader whether it believes a text; anything it throws is a failure
     */
    public static long run(String folder, Predicate<String> reader) {
        return run(samples(folder), reader);
    }

    /** Runs a reader on changed copies of these texts, all of one type and signed by this key. */
    public static long run(List<String> texts, String type, SigningKey key, Predicate<String> reader) {
        return run(texts.stream().map(text -> new Sample(text, type, key)).toList(), reader);
    }

    private static long run(List<Sample> samples, Predicate<String> reader) {
        var fuzz = new Fuzz(samples, reader);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            fuzz.once(seed);
        }
        return fuzz.believed;
    }

    private static List<Sample> samples(String folder) {
        return ExampleFiles.signed(folder).stream()
                .filter(name -> isGood(folder, ExampleFiles.fate(name)))
                .map(name -> new Sample(ExampleFiles.text(name), type(folder), key(folder)))
                .toList();
    }

    private static boolean isGood(String folder, String fate) {
        return switch (folder) {
            case "orders" -> fate.equals("ACCEPTED");
            case "certificates" -> fate.equals(fate.toLowerCase(java.util.Locale.ROOT));
            default -> true;
        };
    }

    private static String type(String folder) {
        return switch (folder) {
            case "orders" -> OrderText.TYP;
            case "certificates" -> "key-certificate+jws";
            case "challenges" -> "pump-challenge+jws";
            case "receipts" -> "pump-receipt+jws";
            case "records" -> RecordLog.TYP;
            default -> throw new IllegalArgumentException("no such folder: " + folder);
        };
    }

    private static SigningKey key(String folder) {
        return switch (folder) {
            case "orders" -> ExampleKeys.ORDER;
            case "certificates" -> ExampleKeys.ROOT;
            default -> ExampleKeys.RECORD;
        };
    }

    private void once(long seed) {
        var random = new SplittableRandom(seed);
        var sample = samples.get(random.nextInt(samples.size()));
        switch (random.nextInt(3)) {
            case 0 -> {
                var changed = random.nextBoolean()
                        ? Mutation.ofCompact(sample.text(), random)
                        : new String(
                                Mutation.ofBytes(sample.text().getBytes(StandardCharsets.US_ASCII), random),
                                StandardCharsets.ISO_8859_1);
                check(seed, changed, changed.equals(sample.text()), false);
            }
            case 1 -> {
                var header =
                        "{\"alg\":\"Ed25519\",\"kid\":\"" + sample.key().id() + "\",\"typ\":\"" + sample.type() + "\"}";
                var changed = Mutation.ofJson(header.getBytes(StandardCharsets.UTF_8), random);
                check(
                        seed,
                        signed(changed, sample.payload(), sample.key()),
                        Arrays.equals(changed, header.getBytes(StandardCharsets.UTF_8)),
                        false);
            }
            default -> {
                var changed = Mutation.ofJson(sample.payload(), random);
                check(seed, Jws.sign(sample.type(), changed, sample.key()), false, Canonical.is(changed));
            }
        }
    }

    private static String signed(byte[] header, byte[] payload, SigningKey key) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var input = base64.encodeToString(header) + "." + base64.encodeToString(payload);
        return input + "." + base64.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private void check(long seed, String text, boolean unchanged, boolean mayBeBelieved) {
        var before = THREADS.getCurrentThreadAllocatedBytes();
        boolean yes;
        try {
            yes = reader.test(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + " made the reader throw, on " + shown(text), e);
        }
        var allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (yes && !unchanged && !mayBeBelieved) {
            throw new AssertionError("seed " + seed + " was believed: " + shown(text));
        }
        if (!yes && unchanged) {
            throw new AssertionError("seed " + seed + " changed nothing and was refused: " + shown(text));
        }
        if (allocated > (text.length() > Jws.MAX_LENGTH ? MOST_BYTES_OF_A_LONG_TEXT : MOST_BYTES)) {
            throw new AssertionError("seed " + seed + " cost " + allocated + " bytes, of " + text.length());
        }
        believed += yes ? 1 : 0;
    }

    private static String shown(String text) {
        return text.length() > 4_000 ? text.substring(0, 4_000) + "…" : text;
    }
}

package io.venule;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The application's start. Refuses with one readable message that names everything wrong with the settings, before anything is
 * connected or opened; exit code 78 then, 1 when the start fails for another reason.
 */
@QuarkusMain
public final class Venule {
    /** The exit code of a refused start; "configuration error" in sysexits.h. */
    static final int REFUSED = 78;

    private static final int FAILED = 1;

    private Venule() {}

    public static void main(String... arguments) {
        var reasons = StartCheck.ofThisProcess();
        if (!reasons.isEmpty()) {
            refuse(reasons);
        }
        Quarkus.run(null, Venule::ended, arguments);
    }

    private static void ended(int exitCode, @Nullable Throwable problem) {
        if (problem == null) {
            System.exit(exitCode);
        }
        refusal(problem).ifPresent(Venule::refuse);
        Logger.getLogger(Venule.class).error("Venule could not start", problem);
        System.exit(FAILED);
    }

    /** The reasons, when the start was refused and did not fail. */
    static Optional<List<String>> refusal(@Nullable Throwable problem) {
        for (var cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return Optional.of(refused.reasons());
            }
            if (cause instanceof ConfigValidationException invalid) {
                return Optional.of(IntStream.range(0, invalid.getProblemCount())
                        .mapToObj(
                                i -> StartCheck.inOurWords(invalid.getProblem(i).getMessage()))
                        .toList());
            }
        }
        return Optional.empty();
    }

    private static void refuse(List<String> reasons) {
        System.err.println(
                "Venule does not start. " + (reasons.size() == 1 ? "One thing is" : reasons.size() + " things are")
                        + " wrong with its settings (docs/configuration.md):");
        reasons.forEach(reason -> System.err.println("  - " + reason));
        System.exit(REFUSED);
    }
}

package io.venule.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.SigningKey;
import io.venule.simulator.ExampleFiles;
import io.venule.simulator.Fuzz;
import io.venule.staff.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Release signatures that nobody meant, also rightly signed ones. Source: T-03, T-05, T-40; docs/contributing.md for longer runs. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ReleaseFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Release RELEASE = LibraryTextTest.release(LibraryTextTest.LIBRARY);

    @Test
    void no_changed_release_signature_counts_but_in_the_one_form_of_what_it_says() {
        var keys = ExampleFiles.keys(NOW);
        var ring = Keyring.of(
                keys.root().verifyingKey(),
                List.of(certificate(keys.pharmacist(), keys.root()), certificate(keys.colleague(), keys.root())));
        var first = ReleaseSignatures.sign(RELEASE, new SubjectId("anna"), NOW, keys.pharmacist());
        var second = ReleaseSignatures.sign(RELEASE, new SubjectId("ben"), NOW, keys.colleague());

        var believed = Fuzz.run(
                List.of(first),
                ReleaseSignatures.TYP,
                keys.pharmacist(),
                text -> ReleaseSignatures.check(RELEASE, List.of(text, second), ring, NOW)
                        instanceof ReleaseSignatures.Verdict.Approved);

        assertThat(believed).isPositive();
    }

    private static String certificate(SigningKey key, SigningKey root) {
        return new KeyCertificate(
                        key.verifyingKey(),
                        KeyRole.LIBRARY_RELEASE,
                        "*",
                        NOW.minus(Duration.ofDays(1)),
                        NOW.plusSeconds(60))
                .signedBy(root);
    }
}

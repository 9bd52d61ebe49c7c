package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.release.LibraryReading;
import io.venule.release.LibraryText;
import io.venule.release.ReleaseSignatures;
import io.venule.signing.KeyFiles;
import io.venule.staff.SubjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Two pharmacists who send, approve, sign and publish over the API of one server, each with a key of their own.
 *
 * @param keys the folder in which those lie
 */
public record Publication(Api api, Path keys) {
    private static final String DRAFTS = "/api/v1/library/drafts";
    /** One dose limit of one entry. */
    private static final String LIMIT =
            "\"Double Concentrated\",\"continuous\",\"ug/kg/min\",\"\",\"0.9\",\"20\",\"30\"";

    /** Who signs with which key. */
    public static final Map<String, String> SIGNERS =
            Map.of("pharmacist", "library-1.key", "pharmacist2", "library-2.key");

    public static Publication on(VenuleStack stack, Api api) {
        return new Publication(api, Path.of(stack.settings().get("venule.keys.directory")));
    }

    /** Publishes what is active with one limit widened; its hash. */
    String widened() throws IOException, InterruptedException {
        var sha256 = approved();
        for (var signer : SIGNERS.keySet()) {
            signed(signer, sha256).expect(200);
        }
        api.post("pharmacist2", DRAFTS + "/" + sha256 + "/publish", Map.of()).expect(200);
        return sha256;
    }

    /** Sent by one and approved by the other; its hash. */
    public String approved() throws IOException, InterruptedException {
        var active = api.get("pharmacist", "/api/v1/library").expect(200).text("sha256");
        var table = api.get("pharmacist", "/api/v1/library/releases/" + active + "/table")
                .expect(200)
                .text();
        assertThat(table).contains(LIMIT);
        var wider = table.replace(LIMIT, LIMIT.replace("\"30\"", "\"40\"")).getBytes(StandardCharsets.UTF_8);
        var sha256 = api.postFile("pharmacist", DRAFTS, "text/csv", wider)
                .expect(201)
                .text("sha256");
        api.post("pharmacist2", DRAFTS + "/" + sha256 + "/approve", Map.of()).expect(200);
        return sha256;
    }

    /** The second key is another one from now on, under the same root. */
    void anotherSecondPharmacist() throws IOException, InterruptedException {
        var made = keys.resolveSibling("another-key");
        var command = List.of(
                "ops/make-keys",
                "library",
                made.toString(),
                "--root",
                keys.resolve("root.key").toString(),
                "2");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        for (var name : List.of("library-2.jws", "library-2.key")) {
            Files.move(made.resolve(name), keys.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    Api.Answer signed(String user, String sha256) throws IOException, InterruptedException {
        return handedIn(user, sha256, signature(api.subject(user), Objects.requireNonNull(SIGNERS.get(user)), sha256));
    }

    public Api.Answer handedIn(String user, String sha256, String signature) throws IOException, InterruptedException {
        return api.post(user, DRAFTS + "/" + sha256 + "/sign", Map.of("signature", signature));
    }

    /** What {@code ops/library sign} writes for this subject and key. */
    public String signature(String subject, String key, String sha256) throws IOException, InterruptedException {
        var bytes = api.get("pharmacist", DRAFTS + "/" + sha256 + "/bytes")
                .expect(200)
                .body()
                .bytes();
        return switch (LibraryText.readRelease(bytes)) {
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults.toString());
            case LibraryReading.Loaded(var release) ->
                ReleaseSignatures.sign(
                        release, new SubjectId(subject), Instant.now(), KeyFiles.signingKey(keys.resolve(key)));
        };
    }
}

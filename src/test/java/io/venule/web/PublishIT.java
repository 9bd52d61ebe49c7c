package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditLog;
import io.venule.audit.LogVerifier;
import io.venule.release.ActiveRelease;
import io.venule.stack.Api;
import io.venule.stack.FrontPanelClient;
import io.venule.stack.Publication;
import io.venule.stack.RunFolder;
import io.venule.stack.StackResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From an approved draft to what every pump holds, on the pages and with the tool that they name, while an infusion runs. EXPECTATIONS rows 21 and 26. */
@QuarkusTest
@TestProfile(PublishIT.OfItsOwn.class)
@WithTestResource(StackResource.class)
class PublishIT extends AtScreens {
    private static final String AUTHOR = "pharmacist";
    private static final String OTHER = "pharmacist2";
    private static final String API = "/api/v1/library/drafts";
    private static final String PATH = "/library/drafts/";
    private static final String PRESCRIPTION = "RX-1011";
    private static final int CHANNEL = 2;
    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ActiveRelease inForce;

    @Inject
    AuditLog log;

    private @Nullable Api api;

    /** A server whose release becomes another one; the other tests go on with theirs. */
    public static final class OfItsOwn implements QuarkusTestProfile {}

    @BeforeAll
    void open() {
        api = new Api(Objects.requireNonNull(stack));
    }

    @AfterAll
    void close() {
        api().close();
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }

    private Publication publication() {
        return Publication.on(screens().stack(), api());
    }

    private Api.Answer published(String user, String sha256) throws IOException, InterruptedException {
        return api().post(user, API + "/" + sha256 + "/publish", Map.of());
    }

    private static void fits(Page page, String name, int width) {
        Chromium.picture(page, name + "-" + width);
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void two_people_sign_what_was_approved_and_it_is_published_while_an_infusion_runs() throws Exception {
        var order = running();
        whatIsNoSignatureIsRefused();
        var before = inForce.version();
        var sha256 = publication().approved();
        assertThat(published(OTHER, sha256).problem()).isEqualTo("draft-ended");

        var own = signedOnThePage(AUTHOR, Chromium.DESK, sha256);
        assertThat(own.locator("[data-next]")).containsText("You signed it; somebody else must, too.");
        assertThat(own.locator("#signature")).hasCount(0);
        fits(own, "draft-signed-by-one", Chromium.DESK);
        assertThat(published(OTHER, sha256).problem()).isEqualTo("draft-ended");
        assertThat(inForce.version()).isEqualTo(before);
        var page = signedOnThePage(OTHER, Chromium.PHONE, sha256);
        assertThat(page.locator("[data-state]")).hasText("Signed by two");
        assertThat(page.locator("[data-next]")).containsText("It waits to be published.");
        fits(page, "draft-signed", Chromium.PHONE);
        assertThat(inForce.version()).isEqualTo(before);

        page.locator("form[action$='/publish'] button").press("Enter");

        assertThat(page.locator("[data-state]")).hasText("Published");
        assertThat(page.locator("[data-steps]")).containsText("Piet Demo published it");
        fits(page, "draft-published", Chromium.PHONE);
        assertThat(inForce.version().sha256()).isEqualTo(sha256);
        assertThat(published(AUTHOR, sha256).problem()).isEqualTo("draft-ended");
        everyPumpHolds(before.counter() + 1);
        whatRunsGoesOnAndTheNextIsJudgedUnderIt(order, sha256);
        theLogNamesEachOfThem(sha256);
    }

    /** An infusion that somebody started at the pump. */
    private String running() throws IOException, InterruptedException {
        var ward = screens().ward();
        var order = ward.placed(PRESCRIPTION, ward.tag(WardAtWork.RACK, CHANNEL));
        ward.press(WardAtWork.RACK, CHANNEL, "start");
        await().atMost(SOON).until(() -> state(order).equals("RUNNING"));
        return order;
    }

    private String state(String order) throws IOException, InterruptedException {
        return api().get("nurse", "/api/v1/orders/" + order).expect(200).text("state");
    }

    private void whatIsNoSignatureIsRefused() throws IOException, InterruptedException {
        var publication = publication();
        var sha256 = publication.approved();
        var subject = api().subject(AUTHOR);
        var others = publication.signature(api().subject(OTHER), "library-2.key", sha256);
        var own = publication.signature(subject, "library-1.key", sha256);

        assertThat(publication.handedIn(AUTHOR, sha256, others).problem()).isEqualTo("signature-refused");
        assertThat(publication.handedIn(AUTHOR, sha256, others).text("detail")).contains("it was made as ");
        assertThat(publication.handedIn(AUTHOR, sha256, own + "A").problem()).isEqualTo("signature-refused");
        assertThat(publication.handedIn(AUTHOR, sha256, "x".repeat(17_000)).problem())
                .isEqualTo("signature-refused");
        assertThat(publication.handedIn(AUTHOR, sha256, " ").problem()).isEqualTo("invalid-request");
        assertThat(publication.handedIn("nurse", sha256, own).status()).isEqualTo(403);
        assertThat(api().get(AUTHOR, API + "/" + sha256).expect(200).text("state"))
                .isEqualTo("APPROVED");
        publication.handedIn(AUTHOR, sha256, own).expect(200);
        publication.handedIn(AUTHOR, sha256, own).expect(200);
        assertThat(publication
                        .handedIn(AUTHOR, sha256, publication.signature(subject, "library-2.key", sha256))
                        .problem())
                .isEqualTo("draft-ended");
        assertThat(publication
                        .handedIn(OTHER, sha256, publication.signature(api().subject(OTHER), "library-1.key", sha256))
                        .text("detail"))
                .contains("two different keys must sign");
        api().post(AUTHOR, API + "/" + sha256 + "/close", Map.of("reason", "NOT_NEEDED"))
                .expect(200);
        assertThat(publication.handedIn(OTHER, sha256, others).problem()).isEqualTo("draft-ended");
    }

    /** Does what the page says, word for word: takes the file to the key, signs it there, and brings the signature back. */
    private Page signedOnThePage(String user, int width, String sha256) throws Exception {
        var page = screens().shown(user, width, PATH + sha256);
        fits(page, "draft-to-sign", width);
        try (var folder = RunFolder.forTests()) {
            var file = page.waitForDownload(
                    () -> page.locator("[data-next] a[download]").click());
            var draft = folder.root().resolve(file.suggestedFilename());
            Files.copy(file.path(), draft);
            var signature = folder.root().resolve("signature.jws");
            var key = publication().keys().resolve(Objects.requireNonNull(Publication.SIGNERS.get(user)));
            ran(page.locator("[data-next] pre")
                    .innerText()
                    .strip()
                    .replace(file.suggestedFilename(), draft.toString())
                    .replace("YOUR.key", key.toString())
                    .replace("signature.jws", signature.toString()));
            page.locator("#signature").setInputFiles(signature);
            page.locator("form[action$='/sign'] button").press("Enter");
            assertThat(page.locator("#signature")).hasCount(0);
        }
        return page;
    }

    private static void ran(String command) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.set(0, Path.of(words.getFirst()).toAbsolutePath().toString());
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private void everyPumpHolds(long counter) {
        for (var pump : screens().stack().pumps()) {
            var panel = new FrontPanelClient(pump.panel());
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(panel.state().get("libraryCounter").longValue())
                                    .isEqualTo(counter));
        }
        var library = screens().shown(AUTHOR, Chromium.DESK, "/library");
        assertThat(library.locator("main")).containsText("Release " + counter);
        fits(library, "library-published", Chromium.DESK);
    }

    private void whatRunsGoesOnAndTheNextIsJudgedUnderIt(String order, String sha256) throws Exception {
        assertThat(state(order)).isEqualTo("RUNNING");
        var ward = screens().ward();
        var next = ward.placed("RX-1003", ward.tag(0, 1));
        assertThat(newest("ORDER_APPROVED").order()).isEqualTo(next);
        assertThat(newest("ORDER_APPROVED").library().sha256().hex()).isEqualTo(sha256);
        ward.press(WardAtWork.RACK, CHANNEL, "stop");
        await().atMost(SOON).until(() -> state(order).equals("STOPPED"));
    }

    private AuditEntry newest(String kind) {
        var about = new AuditLog.About("", "", "", "", "", kind);
        return log.find(new AuditLog.Search(about, Instant.EPOCH, EVER, Long.MAX_VALUE, 1))
                .getFirst()
                .entry();
    }

    private void theLogNamesEachOfThem(String sha256) throws IOException, InterruptedException {
        assertThat(newest("LIBRARY_DRAFT_SIGNED").said("sha256")).isEqualTo(sha256);
        assertThat(newest("LIBRARY_DRAFT_SIGNED").person()).isEqualTo("Piet Demo");
        assertThat(newest("LIBRARY_RELEASED").said("sha256")).isEqualTo(sha256);
        assertThat(newest("LIBRARY_RELEASED").person()).isEqualTo("Piet Demo");
        assertThat(newest("LIBRARY_ACTIVATED").library().sha256().hex()).isEqualTo(sha256);
        var releases = api().get("auditor", "/api/v1/library/releases")
                .expect(200)
                .json()
                .path(0);
        assertThat(releases.path("sha256").asText()).isEqualTo(sha256);
        assertThat(releases.path("signers")).hasSize(2);
        theLogProvesThem();
    }

    /** Both releases and the orders, to whoever has the root's key, and believes no server. */
    private void theLogProvesThem() {
        var keys = ExportedLog.logAndRootKey(screens().stack().folder().keys());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ExportedLog.judged(api(), keys))
                        .isInstanceOfSatisfying(LogVerifier.Verdict.Intact.class, intact -> {
                            assertThat(intact.texts().releases()).isEqualTo(2);
                            assertThat(intact.texts().orders()).isPositive();
                        }));
    }
}

package io.venule.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A lot is recalled while a bag of it runs: who has it is seen, nobody pairs another, and a pharmacist lifts it again. EXPECTATIONS rows 16 and 20. */
@QuarkusTest
@WithTestResource(StackResource.class)
class RecallIT extends AtScreens {
    private static final String NURSE = "nurse";
    private static final String PHARMACIST = "pharmacist";
    private static final String PRESCRIPTION = "RX-1011";
    private static final String GTIN = "00303380049042";
    private static final String LOT = "DEMO1";
    private static final int CHANNEL = 2;
    private static final Duration SOON = Duration.ofSeconds(20);

    private @Nullable Api api;

    @BeforeAll
    void open() {
        api = new Api(screens().stack());
    }

    @AfterEach
    void lift() throws IOException, InterruptedException {
        for (var recall : api().get(PHARMACIST, "/api/v1/recalls").expect(200).json()) {
            if (recall.path("lot").asText().equals(LOT)) {
                var path = "/api/v1/recalls/" + recall.path("number").asLong() + "/lift";
                api().post(PHARMACIST, path, Map.of("reason", "MISTAKEN")).expect(200);
            }
        }
    }

    @AfterAll
    void close() {
        api().close();
    }

    @Test
    void a_recall_shows_who_has_it_warns_there_and_keeps_every_other_bag_away_until_it_is_lifted() throws Exception {
        var order = running();
        var pharmacist = screens().shown(PHARMACIST, Chromium.DESK, "/library/recalls");
        Chromium.picture(pharmacist, "recalls-desk");
        pharmacist.locator("#q").fill(bag("RECALL2"));
        pharmacist.locator("#q").press("Enter");
        assertThat(pharmacist.locator("main h1")).hasText("Lot " + LOT);
        assertThat(pharmacist.locator("main")).containsText("GTIN " + GTIN);
        assertThat(pharmacist.locator("main")).containsText("Not recalled");
        assertThat(pharmacist.locator("tr[data-open]").filter(on(channel()))).hasCount(1);

        recalled(pharmacist);
        warnedAtTheBedside(order);
        assertThat(verdict().text("verdict")).isEqualTo("MISPAIRED");
        assertThat(verdict().text()).contains("Lot " + LOT + " of this bag was recalled.");
        screens().ward().press(WardAtWork.RACK, CHANNEL, "stop");
        await().atMost(SOON).until(() -> state(order).equals("STOPPED"));
        var nurse = screens().shown(NURSE, Chromium.PHONE, "/bedside/orders/" + order);
        assertThat(nurse.locator("[data-recalled]")).hasCount(0);

        lifted(pharmacist);
        assertThat(verdict().text("verdict")).isEqualTo("READY");
        var log = api().get("auditor", "/api/v1/audit/entries?kind=LOT_RECALLED")
                .expect(200)
                .text();
        assertThat(log).contains("D-0815", "AUTHORITY", GTIN);
    }

    private void recalled(Page pharmacist) {
        pharmacist.locator("[data-recall] summary").click();
        pharmacist.locator("#reference").fill("D-0815/2026");
        Chromium.picture(pharmacist, "lot-to-recall-desk");
        pharmacist.locator("[data-recall]").getByText("An authority recalls it").click();
        var note = pharmacist.locator("section[data-recalled]");
        assertThat(note).containsText("An authority recalls it, since");
        assertThat(note).containsText("D-0815/2026");
        assertThat(note).containsText("At the bedside now: stop");
        Chromium.picture(pharmacist, "lot-recalled-desk");
        var phone = screens().shown(NURSE, Chromium.PHONE, "/library/lot?lot=demo1&gtin=" + GTIN);
        assertThat(phone.locator("section[data-recalled]")).isVisible();
        assertThat(phone.locator("form[action^='/library/recalls/']")).hasCount(0);
        Chromium.picture(phone, "lot-recalled-phone");
        aNumberAloneIsNotCalledGood(phone);
        phone.navigate(screens().address("/library/recalls"));
        assertThat(phone.locator("tbody tr").filter(on(LOT))).hasCount(1);
        Chromium.picture(phone, "recalls-phone");
    }

    /** Where only the number is typed, a recall of one product with it is said all the same. */
    private void aNumberAloneIsNotCalledGood(Page phone) {
        phone.navigate(screens().address("/library/lot?q=" + LOT));
        var note = phone.locator("section[data-recalled]");
        assertThat(note.locator("h2")).hasText("Recalled for one product");
        assertThat(note).containsText("GTIN " + GTIN);
        assertThat(note).containsText("Bags of other products with this lot number can be used.");
        assertThat(phone.locator("main")).not().containsText("Not recalled");
        Chromium.picture(phone, "lot-number-recalled-phone");
    }

    private void warnedAtTheBedside(String order) {
        var nurse = screens().shown(NURSE, Chromium.PHONE, "/bedside/orders/" + order);
        assertThat(nurse.locator("[data-recalled]")).containsText("Lot " + LOT + " of this bag is recalled.");
        assertThat(nurse.locator("main h1")).hasText("Running: recalled lot");
        assertThat(nurse.locator("[data-recalled]")).containsText("Press STOP at the pump");
        Chromium.picture(nurse, "bedside-recalled-phone");
        var board = screens().shown(NURSE, Chromium.DESK, "/fleet?state=ATTENTION");
        var row = board.locator("tr").filter(on(channel()));
        assertThat(row).containsText("is recalled: stop it at the pump.");
        assertThat(row.locator(".bang")).hasText("!!");
        Chromium.picture(board, "board-recalled-desk");
    }

    private void lifted(Page pharmacist) {
        pharmacist.reload();
        pharmacist.locator("section[data-recalled] summary").click();
        pharmacist.getByText("It was entered by mistake").click();
        assertThat(pharmacist.locator("main h1")).hasText("Recalled lots");
        assertThat(pharmacist.locator("main")).not().containsText(LOT);
    }

    @Test
    void the_same_recall_again_is_one_and_what_names_no_lot_is_refused() throws Exception {
        var form = Map.<String, Object>of("gtin", GTIN, "lot", LOT, "reason", "MAKER");

        var first = api().post(PHARMACIST, "/api/v1/recalls", form).expect(201);
        var second = api().post(PHARMACIST, "/api/v1/recalls", form).expect(200);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(refused(Map.of("lot", "NO LOT", "reason", "MAKER"))).contains("1 to 20 characters");
        assertThat(refused(Map.of("lot", LOT, "gtin", "00303380049041", "reason", "MAKER")))
                .contains("check digit");
        assertThat(refused(Map.of("lot", LOT, "reason", "BECAUSE"))).contains("reason");
        assertThat(refused(Map.of("lot", LOT, "reason", "MAKER", "reference", "Anna <b>")))
                .contains("reference");
        assertThat(refused(Map.of("reason", "MAKER"))).contains("lot is missing");
        var page = screens().shown(PHARMACIST, Chromium.PHONE, "/library/lot?q=no%20lot");
        assertThat(page.locator("main")).containsText("Scan a bag of it");
        Chromium.picture(page, "lot-none-phone");
    }

    private String refused(Map<String, Object> form) throws IOException, InterruptedException {
        var answer = api().post(PHARMACIST, "/api/v1/recalls", form);
        assertThat(answer.problem()).isEqualTo("invalid-request");
        return answer.text();
    }

    private String running() throws Exception {
        var form = screens()
                .ward()
                .ready(PRESCRIPTION, bag("RECALL1"), screens().ward().tag(WardAtWork.RACK, CHANNEL));
        form.put("submission", UUID.randomUUID().toString());
        var order = api().post(NURSE, "/api/v1/orders", form).expect(201).text("id");
        screens().ward().press(WardAtWork.RACK, CHANNEL, "start");
        await().atMost(SOON).until(() -> state(order).equals("RUNNING"));
        return order;
    }

    /** Of another bag of the lot. */
    private Api.Answer verdict() throws IOException, InterruptedException {
        var form = new HashMap<String, Object>(Map.of(
                "wristband", screens().ward().band(PRESCRIPTION),
                "bag", bag("RECALL2"),
                "pumpTag", screens().ward().tag(WardAtWork.RACK, 4)));
        return api().post(NURSE, "/api/v1/orders/check", form).expect(200);
    }

    private String bag(String serial) throws IOException, InterruptedException {
        return screens().ward().bag(PRESCRIPTION, serial);
    }

    private String state(String order) throws IOException, InterruptedException {
        return api().get(NURSE, "/api/v1/orders/" + order).expect(200).text("state");
    }

    private String channel() {
        return screens().stack().pumps().get(WardAtWork.RACK).enrolment().serial() + "/" + CHANNEL;
    }

    private static Locator.FilterOptions on(String channel) {
        return new Locator.FilterOptions().setHasText(channel);
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }
}

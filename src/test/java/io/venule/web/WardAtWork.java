package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.signing.Digest;
import io.venule.stack.Api;
import io.venule.stack.DemoWard;
import io.venule.stack.VenuleStack;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The demo's ward on the embedded stack, its pumps connected, and what its labels say. Tests of one run share it, so each infusion has a
 * prescription and a channel of its own.
 */
final class WardAtWork implements AutoCloseable {
    /** Places in the stack's fleet, which is in the order of serial numbers: two single pumps, a rack of four, a syringe pump. */
    static final int RACK = 2;

    static final int SYRINGE = 3;

    private static final String NURSE = "nurse";
    private static final String SHOWN = "RX-1005";

    private final VenuleStack stack;
    private final Api api;
    private final DemoWard ward;

    private WardAtWork(VenuleStack stack) throws IOException, InterruptedException {
        this.stack = stack;
        this.api = new Api(stack);
        this.ward = new DemoWard(api);
        ward.enter(stack.pumps());
        await().atMost(Duration.ofMinutes(1)).until(this::everyPumpIsConnected);
    }

    static WardAtWork in(VenuleStack stack) throws IOException, InterruptedException {
        return new WardAtWork(stack);
    }

    private boolean everyPumpIsConnected() throws IOException, InterruptedException {
        for (var pump : stack.pumps()) {
            var path = "/api/v1/pumps/" + pump.enrolment().serial();
            var said = api.get(NURSE, path).expect(200).text();
            if (said.contains("NEVER_HEARD") || said.contains("\"lost")) {
                return false;
            }
        }
        return true;
    }

    /** An order that reached a pump, on the rack's first channel; placed the first time it is asked for in a run. */
    String order() throws IOException, InterruptedException {
        for (var known : api.get(NURSE, "/api/v1/orders").expect(200).json()) {
            if (known.path("prescription").asText().equals(SHOWN)) {
                return known.path("id").asText();
            }
        }
        return placed(SHOWN, tag(RACK, 1));
    }

    /** A new order for the prescription on the channel, as soon as whatever waits there is gone. */
    String placed(String prescription, String tag) throws IOException, InterruptedException {
        var form = ready(prescription, tag);
        form.put("submission", Digest.ofText(prescription).hex().substring(0, 32));
        return api.post(NURSE, "/api/v1/orders", form).expect(201).text("id");
    }

    /** The form of an order for the prescription on the channel, once it can be sent there. */
    Map<String, Object> ready(String prescription, String tag) throws IOException, InterruptedException {
        return ready(prescription, bag(prescription), tag);
    }

    Map<String, Object> ready(String prescription, String bag, String tag) throws IOException, InterruptedException {
        var form = new HashMap<String, Object>(Map.of("wristband", band(prescription), "bag", bag, "pumpTag", tag));
        await().atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    form.put(
                            "displayed",
                            api.post(NURSE, "/api/v1/orders/check", form)
                                    .expect(200)
                                    .text("displayed"));
                    return !form.get("displayed").equals(Digest.NONE.hex());
                });
        return form;
    }

    /** How many orders there are. */
    int orders() throws IOException, InterruptedException {
        return api.get(NURSE, "/api/v1/orders").expect(200).json().size();
    }

    String band(String prescription) throws IOException, InterruptedException {
        return ward.wristband(ward.patientOf(prescription)).text();
    }

    String bag(String prescription) throws IOException, InterruptedException {
        return ward.bag(prescription).text();
    }

    /** One of several bags for it. */
    String bag(String prescription, String serial) throws IOException, InterruptedException {
        return ward.bag(prescription, serial).text();
    }

    String tag(int pump, int channel) throws IOException, InterruptedException {
        return ward.pump(stack.pumps().get(pump).enrolment().serial().value(), channel)
                .text();
    }

    /** Presses a key on the front panel of a pump. */
    void press(int pump, int channel, String key) throws IOException, InterruptedException {
        var panel = stack.pumps().get(pump).panel();
        var request = HttpRequest.newBuilder(panel.resolve("/channels/" + channel + "/" + key))
                .POST(HttpRequest.BodyPublishers.ofString("badge=N1"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    byte[] bandPicture(String prescription) throws IOException, InterruptedException {
        return ward.wristband(ward.patientOf(prescription)).png().bytes();
    }

    @Override
    public void close() {
        api.close();
    }
}

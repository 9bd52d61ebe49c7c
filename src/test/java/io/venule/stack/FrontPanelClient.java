package io.venule.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A hand on a simulated pump's keys and an eye on its display, through the panel's own page. */
public final class FrontPanelClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI panel;

    public FrontPanelClient(URI panel) {
        this.panel = panel;
    }

    /** The whole pump: battery, library, all channels. */
    public JsonNode state() throws IOException, InterruptedException {
        return JSON.readTree(
                send(HttpRequest.newBuilder(panel.resolve("/state")).GET()));
    }

    /** What the channel's display shows. */
    JsonNode channel(int number) throws IOException, InterruptedException {
        return JSON.readTree(send(
                HttpRequest.newBuilder(panel.resolve("/channels/" + number)).GET()));
    }

    /** Presses a key; a refusal by the pump fails with its reason. */
    void press(int channel, String key, Map<String, String> fields) throws IOException, InterruptedException {
        var form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        send(HttpRequest.newBuilder(panel.resolve("/channels/" + channel + "/" + key))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var response =
                    client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the pump answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        }
    }
}

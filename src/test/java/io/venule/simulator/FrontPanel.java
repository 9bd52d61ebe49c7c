package io.venule.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.venule.pump.AlarmKind;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;

/**
 * A pump's display and keys as a page on loopback. {@code GET /} is the page, {@code GET /state} all channels, {@code GET
 * /channels/1} one; {@code POST /channels/1/start} with form fields presses a key. Answers are JSON.
 */
final class FrontPanel implements AutoCloseable {
    private static final int MAX_FORM = 4_096;
    private static final Pattern CHANNEL = Pattern.compile("/channels/([1-9][0-9]?)(?:/([a-z]+))?");

    private final HttpServer server;
    private final PumpBrain brain;
    private final PumpPlate plate;
    private final byte[] page;

    FrontPanel(PumpPlate plate, PumpBrain brain, int port, ExecutorService workers) {
        this.plate = plate;
        this.brain = brain;
        try (var html = FrontPanel.class.getResourceAsStream("panel.html")) {
            if (html == null) {
                throw new IllegalStateException("panel.html is missing");
            }
            page = html.readAllBytes();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Where the page is. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            switch (exchange.getRequestMethod()) {
                case "GET" -> get(exchange, path);
                case "POST" -> post(exchange, path);
                default -> send(exchange, 405, said("REFUSED", "GET or POST."));
            }
        }
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        var match = CHANNEL.matcher(path);
        if (path.equals("/")) {
            send(exchange, "text/html; charset=utf-8", 200, page);
        } else if (path.equals("/state")) {
            send(exchange, 200, state());
        } else if (match.matches() && match.group(2) == null && isChannel(match.group(1))) {
            send(exchange, 200, channel(brain.view().channel(Integer.parseInt(match.group(1)))));
        } else {
            send(exchange, 404, said("REFUSED", "No such page."));
        }
    }

    private void post(HttpExchange exchange, String path) throws IOException {
        var form = form(exchange);
        var match = CHANNEL.matcher(path);
        Pressed pressed;
        if (path.equals("/power")) {
            pressed = whole(form.getOrDefault("percent", ""), percent -> brain.power(percent, isYes(form, "mains")));
        } else if (path.equals("/clock")) {
            pressed = whole(form.getOrDefault("shiftSeconds", ""), seconds -> brain.setClock(seconds * 1_000L));
        } else if (match.matches() && match.group(2) != null && isChannel(match.group(1))) {
            pressed = key(Integer.parseInt(match.group(1)), match.group(2), form);
        } else {
            send(exchange, 404, said("REFUSED", "No such key."));
            return;
        }
        switch (pressed) {
            case Pressed.Done done -> send(exchange, 200, said("DONE", ""));
            case Pressed.ConfirmFirst(var question) -> send(exchange, 409, said("CONFIRM", question));
            case Pressed.Refused(var reason) -> send(exchange, 409, said("REFUSED", reason));
        }
    }

    private Pressed key(int number, String key, Map<String, String> form) {
        var badge = form.getOrDefault("badge", "");
        return switch (key) {
            case "start" -> brain.start(number, badge);
            case "stop" -> brain.stop(number, badge);
            case "decline" -> brain.decline(number);
            case "pause" -> brain.pause(number);
            case "resume" -> brain.resume(number);
            case "rate" -> brain.setRate(number, form.getOrDefault("rate", ""), badge, isYes(form, "confirmed"));
            case "alarm" ->
                Arrays.stream(AlarmKind.values())
                        .filter(kind -> kind.name().equals(form.getOrDefault("kind", "")))
                        .findFirst()
                        .map(kind -> brain.alarm(number, kind, isYes(form, "on")))
                        .orElseGet(() -> new Pressed.Refused("No such alarm."));
            case "door" -> brain.door(number, isYes(form, "open"));
            default -> new Pressed.Refused("No such key.");
        };
    }

    private boolean isChannel(String number) {
        return Integer.parseInt(number) <= plate.channels();
    }

    private static boolean isYes(Map<String, String> form, String name) {
        return form.getOrDefault(name, "").equals("yes");
    }

    private static Pressed whole(String text, java.util.function.IntFunction<Pressed> press) {
        return text.matches("-?[0-9]{1,8}")
                ? press.apply(Integer.parseInt(text))
                : new Pressed.Refused("A whole number is needed.");
    }

    private JsonObject state() {
        var view = brain.view();
        return Json.object()
                .put("asset", plate.assetId())
                .put("battery", view.batteryPercent())
                .put(
                        "channels",
                        view.channels().stream().map(FrontPanel::channel).toList())
                .put("epoch", view.epoch())
                .put("libraryCounter", view.libraryCounter())
                .put("librarySha256", view.librarySha256())
                .put("mains", view.onMains() ? 1 : 0)
                .put("model", plate.model())
                .put("serial", plate.serial())
                .put("wallClock", view.wallClock())
                .build();
    }

    private static JsonObject channel(PumpView.Channel channel) {
        return Json.object()
                .put("alarms", Json.texts(channel.alarms().stream().sorted().toList()))
                .put("change", channel.change())
                .put("bolus", channel.bolus())
                .put("stopAsked", channel.stopAsked())
                .put("channel", channel.number())
                .put("concentration", channel.concentration())
                .put("dose", channel.dose())
                .put("doorOpen", channel.doorOpen() ? 1 : 0)
                .put("drug", channel.drug())
                .put("infused", channel.infused())
                .put("nurse", channel.nurse())
                .put("orderId", channel.orderId())
                .put("override", channel.override())
                .put("programmed", channel.programmed())
                .put("rate", channel.rate())
                .put("remaining", channel.remaining())
                .put("startBefore", channel.startBefore())
                .put("state", channel.state().name())
                .put("stateVersion", channel.stateVersion())
                .put("vtbi", channel.vtbi())
                .build();
    }

    private static JsonObject said(String result, String text) {
        return Json.object().put("result", result).put("text", text).build();
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readNBytes(MAX_FORM), StandardCharsets.UTF_8);
        var fields = new HashMap<String, String>();
        for (var pair : body.split("&", -1)) {
            var cut = pair.indexOf('=');
            if (cut > 0) {
                fields.put(decoded(pair.substring(0, cut)), decoded(pair.substring(cut + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
        send(exchange, "application/json", status, CanonicalJson.write(json));
    }

    private static void send(HttpExchange exchange, String type, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

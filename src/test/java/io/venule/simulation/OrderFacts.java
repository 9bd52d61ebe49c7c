package io.venule.simulation;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import io.venule.signing.Jws;

/** What a signed text of an order or of a pump says, read by nobody's code but this: for who watches from above. */
record OrderFacts(JsonObject said, String hash) {
    static OrderFacts of(String text) {
        var payload = Jws.unverifiedPayload(text).orElseThrow();
        if (CanonicalJson.parseCanonical(payload) instanceof CanonicalJson.Parsed.Ok(JsonObject object)) {
            return new OrderFacts(object, Digest.ofText(text).hex());
        }
        throw new IllegalStateException("a text that is no object");
    }

    String text(String... path) {
        return ((JsonText) at(path)).value();
    }

    long whole(String... path) {
        return ((JsonWhole) at(path)).value();
    }

    String id() {
        return text("id");
    }

    /** Whether it changes the rate of what runs, for good or for a bolus. */
    boolean isChange() {
        return text("op").equals("titrate") || isBolus();
    }

    boolean isBolus() {
        return text("op").equals("bolus");
    }

    /** Whether it takes something back or wants it stopped. */
    boolean isEnd() {
        return text("op").equals("cancel") || text("op").equals("stop");
    }

    String quantity(String name) {
        return text(name, "value") + " " + text(name, "unit");
    }

    private Json at(String... path) {
        Json here = said;
        for (var name : path) {
            var next = ((JsonObject) here).members().get(name);
            if (next == null) {
                throw new IllegalStateException("no member " + name);
            }
            here = next;
        }
        return here;
    }
}

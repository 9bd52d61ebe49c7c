package io.venule.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.venule.pump.PumpModel;
import io.venule.simulator.FleetPump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's made-up patients and prescriptions and the simulated pumps, entered through the API by those whose job it is, and a
 * label picture for each thing that can be scanned. Source: ward.json beside this class.
 */
public final class DemoWard {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Labels of the demo outlive any demo. */
    private static final String EXPIRY = "2030-12-31";

    private final Api api;
    private final JsonNode ward;
    private final Map<String, Label> labels = new HashMap<>();

    /** A printed label: its picture and what a scanner reads from it. */
    public record Label(Content png, String text) {}

    public DemoWard(Api api) throws IOException {
        this.api = api;
        try (var in = DemoWard.class.getResourceAsStream("ward.json")) {
            if (in == null) {
                throw new IllegalStateException("ward.json is missing");
            }
            this.ward = JSON.readTree(in);
        }
    }

    /** Enters pumps, patients and prescriptions; what a kept database already holds is left as it is. Says how many there are. */
    public String enter(List<FleetPump> pumps) throws IOException, InterruptedException {
        for (var pump : pumps) {
            entered(api.post("biomed", "/api/v1/pumps", enrolment(pump)));
        }
        for (var patient : ward.get("patients")) {
            entered(api.post("admin", "/api/v1/patients", patient));
        }
        for (var order : ward.get("orders")) {
            entered(api.post("pharmacist", "/api/v1/prescriptions", order.get("prescription")));
        }
        return pumps.size() + " pumps, " + ward.get("patients").size() + " patients, "
                + ward.get("orders").size() + " prescriptions";
    }

    private static void entered(Api.Answer answer) {
        if (answer.status() != 409) {
            answer.expect(201);
        }
    }

    /** What the biomedical engineer enters. */
    public static Map<String, Object> enrolment(FleetPump pump) {
        var facts = pump.enrolment();
        var body = new LinkedHashMap<String, Object>();
        body.put("serial", facts.serial().value());
        body.put("assetId", facts.assetId());
        body.put("model", facts.model().equals(PumpModel.SYRINGE) ? "syringe" : "large-volume");
        body.put("channels", facts.channels());
        body.put("endpoint", facts.endpoint());
        body.put("certificate", facts.certificate());
        body.put("recordKey", facts.recordKey());
        body.put("simulated", facts.simulated());
        body.put("ward", facts.ward());
        return body;
    }

    /** The patient's wristband. */
    public Label wristband(String gsrn) throws IOException, InterruptedException {
        return label("wristband-" + gsrn, Map.of("kind", "WRISTBAND", "gsrn", gsrn, "instance", "1"));
    }

    /** The bag made for the prescription: a manufacturer's product or the pharmacy's own. */
    public Label bag(String prescription) throws IOException, InterruptedException {
        return bag("bag-" + prescription, prescription, prescription.replace("-", ""));
    }

    /** One of several bags made for it, each with a serial number of its own. */
    public Label bag(String prescription, String serial) throws IOException, InterruptedException {
        return bag("bag-" + prescription + "-" + serial, prescription, serial);
    }

    private Label bag(String name, String prescription, String serial) throws IOException, InterruptedException {
        var bag = order(prescription).orElseThrow().get("bag");
        var fields = new LinkedHashMap<String, Object>();
        if (bag.has("gtin")) {
            fields.put("kind", "BAG");
            fields.put("gtin", bag.get("gtin").textValue());
        } else {
            fields.put("kind", "COMPOUNDED");
            fields.put("prescription", prescription);
        }
        fields.put("expiry", EXPIRY);
        fields.put("lot", "DEMO1");
        fields.put("serial", serial);
        return label(name, fields);
    }

    public Label pump(String serial, int channel) throws IOException, InterruptedException {
        return label("pump-" + serial + "-" + channel, Map.of("kind", "PUMP", "serial", serial, "channel", channel));
    }

    public Label badge(DemoUser user) throws IOException, InterruptedException {
        return label("badge-" + user.username(), Map.of("kind", "BADGE", "number", user.badge()));
    }

    /** Whose prescription it is. */
    public String patientOf(String prescription) {
        return order(prescription).orElseThrow().get("prescription").get("gsrn").textValue();
    }

    /** Makes every label there is and writes the pictures into the folder. */
    void print(Path folder, List<FleetPump> pumps, List<DemoUser> users) throws IOException, InterruptedException {
        for (var patient : ward.get("patients")) {
            wristband(patient.get("gsrn").textValue());
        }
        for (var order : ward.get("orders")) {
            bag(order.get("prescription").get("id").textValue());
        }
        for (var pump : pumps) {
            for (int channel = 1; channel <= pump.enrolment().channels(); channel++) {
                pump(pump.enrolment().serial().value(), channel);
            }
        }
        for (var user : users) {
            badge(user);
        }
        write(folder);
    }

    /** Writes the pictures of all labels made so far. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var label : labels.entrySet()) {
            Files.write(
                    folder.resolve(label.getKey() + ".png"),
                    label.getValue().png().bytes());
        }
    }

    private Optional<JsonNode> order(String prescription) {
        for (var order : ward.get("orders")) {
            if (order.get("prescription").get("id").textValue().equals(prescription)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    private Label label(String name, Map<String, ?> fields) throws IOException, InterruptedException {
        var known = labels.get(name);
        if (known != null) {
            return known;
        }
        var answer = api.post("pharmacist", "/api/v1/labels", fields).expect(200);
        var made = new Label(answer.body(), answer.headers().getOrDefault("x-element-string", ""));
        labels.put(name, made);
        return made;
    }
}

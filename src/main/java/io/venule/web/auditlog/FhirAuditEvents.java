package io.venule.web.auditlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditLog.Logged;
import io.venule.web.auditlog.FhirCodes.Code;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Entries as a FHIR R4 bundle of AuditEvents, for the hospital's audit record repository. A patient is a logical reference to the commitment, never a
 * name. A profile of IHE's Basic Audit Log Patterns is claimed only where the entry holds all that the profile demands. Source: FHIR R4 AuditEvent;
 * IHE ITI BALP.
 */
final class FhirAuditEvents {
    private static final String BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String SOURCE_TYPE = "http://terminology.hl7.org/CodeSystem/security-source-type";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final Code SENDER = new Code(FhirCodes.DICOM, "110153", "Source Role ID");
    private static final Code RECEIVER = new Code(FhirCodes.DICOM, "110152", "Destination Role ID");
    private static final Code APPLICATION = new Code(FhirCodes.DICOM, "110150", "Application");
    private static final String IP_ADDRESS = "2";
    private static final String MACHINE_NAME = "1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String hospital;
    private final String log;

    /** The hospital's name, and the log's, under which its identifiers stand. */
    FhirAuditEvents(String hospital, String log) {
        this.hospital = hospital;
        this.log = log;
    }

    byte[] bundle(Collection<Logged> entries, Instant at) {
        var bundle = JSON.createObjectNode()
                .put("resourceType", "Bundle")
                .put("type", "collection")
                .put("timestamp", at.toString());
        var all = bundle.putArray("entry");
        for (var logged : entries) {
            var name = (log + "/" + logged.index()).getBytes(StandardCharsets.UTF_8);
            all.addObject()
                    .put("fullUrl", "urn:uuid:" + UUID.nameUUIDFromBytes(name))
                    .set("resource", event(logged));
        }
        if (all.isEmpty()) {
            // FHIR knows no empty lists.
            bundle.remove("entry");
        }
        try {
            return JSON.writeValueAsBytes(bundle);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of our own cannot be written", e);
        }
    }

    private ObjectNode event(Logged logged) {
        var entry = logged.entry();
        var codes = FhirCodes.of(entry);
        var event = JSON.createObjectNode().put("resourceType", "AuditEvent").put("id", "entry-" + logged.index());
        var profiled = !codes.pattern().isEmpty()
                && !entry.said("patient").isEmpty()
                && !entry.said("address").isEmpty();
        if (profiled) {
            event.putObject("meta").putArray("profile").add(BALP + codes.pattern());
        }
        code(event.putObject("type"), codes.type());
        var subtypes = event.putArray("subtype");
        codes.subtype().ifPresent(subtype -> code(subtypes.addObject(), subtype));
        code(
                subtypes.addObject(),
                new Code(system("kind"), entry.kind().name(), entry.kind().name()));
        event.put("action", codes.action());
        event.put("recorded", entry.at().toString());
        event.put("outcome", codes.outcome());
        agents(event.putArray("agent"), entry, codes);
        var source = event.putObject("source").put("site", hospital);
        source.putObject("observer")
                .put("display", "Venule")
                .putObject("identifier")
                .put("value", log);
        code(source.putArray("type").addObject(), new Code(SOURCE_TYPE, "4", "Application Server"));
        entities(event.putArray("entity"), logged);
        return event;
    }

    private void agents(ArrayNode agents, AuditEntry entry, FhirCodes codes) {
        var address = entry.said("address");
        var reads = codes.action().equals("R");
        if (!address.isEmpty()) {
            var client = agent(agents, reads ? RECEIVER : SENDER, false);
            client.putObject("who").put("display", address);
            client.putObject("network").put("address", address).put("type", IP_ADDRESS);
            var server = agent(agents, reads ? SENDER : RECEIVER, false);
            server.putObject("who")
                    .put("display", "Venule")
                    .putObject("identifier")
                    .put("value", log);
            server.putObject("network").put("address", log).put("type", MACHINE_NAME);
        }
        if (entry.actor().equals(AuditEntry.SYSTEM)) {
            agent(agents, APPLICATION, false).putObject("who").put("display", "Venule");
            return;
        }
        var user = agent(
                agents,
                reads
                        ? new Code(PARTICIPATION, "IRCP", "information recipient")
                        : new Code(PARTICIPATION, "AUT", "author (originator)"),
                true);
        identifier(user.putObject("who"), "subject", entry.actor());
        if (!entry.person().isBlank()) {
            user.put("name", entry.person());
        }
    }

    private static ObjectNode agent(ArrayNode agents, Code type, boolean asks) {
        var agent = agents.addObject();
        code(agent.putObject("type").putArray("coding").addObject(), type);
        return agent.put("requestor", asks);
    }

    /** What it is about, with every detail; the patient; and the leaf, by which it is found in the log again. */
    private void entities(ArrayNode entities, Logged logged) {
        var entry = logged.entry();
        var data = entities.addObject();
        about(data.putObject("what"), entry);
        code(data.putObject("type"), new Code(ENTITY_TYPE, "2", "System Object"));
        code(data.putObject("role"), new Code(ENTITY_ROLE, "4", "Domain Resource"));
        details(data, EntryShown.of(logged).details());
        if (!entry.said("patient").isEmpty()) {
            var patient = entities.addObject();
            identifier(patient.putObject("what").put("type", "Patient"), "patient", entry.said("patient"));
            code(patient.putObject("type"), new Code(ENTITY_TYPE, "1", "Person"));
            code(patient.putObject("role"), new Code(ENTITY_ROLE, "1", "Patient"));
        }
        var leaf = entities.addObject();
        identifier(leaf.putObject("what"), "leaf", entry.leafHash().hex());
        code(leaf.putObject("type"), new Code(ENTITY_TYPE, "4", "Other"));
        code(leaf.putObject("role"), new Code(ENTITY_ROLE, "13", "Security Resource"));
        details(
                leaf,
                Map.of(
                        "index",
                        Long.toString(logged.index()),
                        "library",
                        entry.library().counter() + " "
                                + entry.library().sha256().hex()));
    }

    private void about(ObjectNode what, AuditEntry entry) {
        if (!entry.order().isEmpty()) {
            identifier(what, "order", entry.order());
        } else if (!entry.said("prescription").isEmpty()) {
            identifier(what, "prescription", entry.said("prescription"));
        } else if (!entry.place().isEmpty()) {
            identifier(what, "place", entry.place());
        } else {
            what.put("display", entry.kind().name());
        }
    }

    private static void details(ObjectNode entity, Map<String, String> said) {
        var named = said.entrySet().stream()
                .filter(detail -> !detail.getValue().isBlank()
                        && !List.of("patient", "name", "address").contains(detail.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (!named.isEmpty()) {
            var details = entity.putArray("detail");
            named.forEach(
                    detail -> details.addObject().put("type", detail.getKey()).put("valueString", detail.getValue()));
        }
    }

    private void identifier(ObjectNode reference, String system, String value) {
        reference.putObject("identifier").put("system", system(system)).put("value", value);
    }

    private String system(String name) {
        return "https://" + log + "/" + name;
    }

    private static void code(ObjectNode coding, Code code) {
        coding.put("system", code.system()).put("code", code.code()).put("display", code.display());
    }
}

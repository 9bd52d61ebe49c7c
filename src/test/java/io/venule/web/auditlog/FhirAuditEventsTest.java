package io.venule.web.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog.Logged;
import io.venule.signing.Digest;
import io.venule.staff.SubjectId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What FHIR R4 and IHE's Basic Audit Log Patterns demand of an AuditEvent, written down here once more from their texts. Source: FHIR R4 AuditEvent,
 * resource content and constraints; IHE ITI BALP, PatientRead, PatientCreate.
 */
class FhirAuditEventsTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final Digest PATIENT = Digest.ofText("patient");
    private static final String BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource(AuditKind.class)
    void an_entry_of_any_kind_holds_what_fhir_demands(AuditKind kind) throws IOException {
        for (var entry : List.of(
                AuditEntry.bySystem(kind, AT),
                byPerson(kind).with("patient", PATIENT),
                byPerson(kind).atPlace("LV-1/1"))) {
            var event = event(entry);

            assertThat(event.get("resourceType").textValue()).isEqualTo("AuditEvent");
            assertThat(event.get("id").textValue()).matches("[A-Za-z0-9\\-.]{1,64}");
            isCoding(event.get("type"));
            event.get("subtype").forEach(FhirAuditEventsTest::isCoding);
            assertThat(event.get("action").textValue()).matches("[CRUDE]");
            assertThat(event.get("recorded").textValue()).isEqualTo(AT.toString());
            assertThat(event.get("outcome").textValue()).isIn("0", "4", "8", "12");
            assertThat(event.get("agent")).isNotEmpty().allSatisfy(agent -> {
                assertThat(agent.get("requestor").isBoolean()).isTrue();
                assertThat(agent.get("who").has("display") || agent.get("who").has("identifier"))
                        .isTrue();
            });
            assertThat(event.at("/source/observer/identifier/value").textValue())
                    .isEqualTo("venule.test/log");
            assertThat(event.get("entity")).allSatisfy(entity -> {
                // sev-1: an entity has a name or a query, not both; here it is what that names it.
                assertThat(entity.has("what")).isTrue();
                isCoding(entity.get("type"));
            });
            assertThat(empties(event)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATIENT_READ", "PATIENT_ADMITTED", "PRESCRIPTION_ENTERED"})
    void a_persons_read_or_entry_of_patient_data_follows_the_pattern_of_ihe(String kind) throws IOException {
        var reads = kind.equals("PATIENT_READ");

        var event = event(byPerson(AuditKind.valueOf(kind)).with("patient", PATIENT));

        assertThat(event.at("/meta/profile/0").textValue()).isEqualTo(BALP + (reads ? "PatientRead" : "PatientCreate"));
        assertThat(event.at("/type/code").textValue()).isEqualTo("rest");
        assertThat(event.get("subtype")
                        .valueStream()
                        .filter(code ->
                                code.get("system").textValue().equals("http://hl7.org/fhir/restful-interaction")))
                .singleElement()
                .satisfies(code -> assertThat(code.get("code").textValue())
                        .isEqualTo(code.get("display").textValue())
                        .isEqualTo(reads ? "read" : "create"));
        assertThat(event.get("action").textValue()).isEqualTo(reads ? "R" : "C");
        assertThat(event.get("outcome").textValue()).isEqualTo("0");
        var client = one(event.get("agent"), agent -> agentType(agent).equals(reads ? "110152" : "110153"));
        var server = one(event.get("agent"), agent -> agentType(agent).equals(reads ? "110153" : "110152"));
        assertThat(List.of(client, server)).allSatisfy(agent -> {
            assertThat(agent.get("network").get("address").textValue()).isNotBlank();
            assertThat(agent.get("requestor").booleanValue()).isFalse();
            assertThat(agent.has("media")).isFalse();
        });
        var user = one(event.get("agent"), agent -> agentType(agent).equals(reads ? "IRCP" : "AUT"));
        assertThat(user.get("requestor").booleanValue()).isTrue();
        assertThat(user.at("/who/identifier/value").textValue()).isEqualTo("subject-1");
        assertThat(user.get("name").textValue()).isEqualTo("Nina Nurse");
        assertThat(user.has("network")).isFalse();
        var data = one(
                event.get("entity"),
                entity -> entity.at("/type/code").textValue().equals("2"));
        assertThat(data.at("/role/code").textValue()).isIn("3", "4", "20");
        var patient = one(
                event.get("entity"),
                entity -> entity.at("/type/code").textValue().equals("1"));
        assertThat(patient.at("/role/code").textValue()).isEqualTo("1");
        assertThat(patient.at("/what/type").textValue()).isEqualTo("Patient");
        assertThat(patient.at("/what/identifier/value").textValue()).isEqualTo(PATIENT.hex());
    }

    @Test
    void no_pattern_is_claimed_where_an_entry_lacks_what_it_demands() throws IOException {
        var withoutAddress = AuditEntry.of(AuditKind.PATIENT_READ, AT, new SubjectId("subject-1"))
                .with("patient", PATIENT);

        assertThat(event(withoutAddress).has("meta")).isFalse();
        assertThat(event(byPerson(AuditKind.PATIENT_READ)).has("meta")).isFalse();
        assertThat(event(byPerson(AuditKind.EXPORT).with("patient", PATIENT)).has("meta"))
                .isFalse();
    }

    @Test
    void a_failed_sign_in_and_a_bad_log_are_no_success() throws IOException {
        assertThat(event(AuditEntry.bySystem(AuditKind.SIGN_IN, AT).with("result", "accepted"))
                        .get("outcome")
                        .textValue())
                .isEqualTo("0");
        assertThat(event(AuditEntry.bySystem(AuditKind.SIGN_IN, AT).with("result", "refused"))
                        .get("outcome")
                        .textValue())
                .isEqualTo("4");
        assertThat(event(AuditEntry.bySystem(AuditKind.LOG_CHECK, AT).with("result", "damaged"))
                        .get("outcome")
                        .textValue())
                .isEqualTo("4");
    }

    @Test
    void a_bundle_names_every_event_once_and_may_be_empty() throws IOException {
        var entry = byPerson(AuditKind.EXPORT);
        var full = JSON.readTree(events().bundle(List.of(new Logged(1, entry), new Logged(2, entry)), AT));
        var empty = JSON.readTree(events().bundle(List.of(), AT));

        assertThat(full.get("resourceType").textValue()).isEqualTo("Bundle");
        assertThat(full.get("type").textValue()).isEqualTo("collection");
        assertThat(full.get("entry")
                        .valueStream()
                        .map(one -> one.get("fullUrl").textValue())
                        .distinct())
                .hasSize(2)
                .allMatch(url -> url.matches("urn:uuid:[0-9a-f-]{36}"));
        assertThat(empty.has("entry")).isFalse();
    }

    private static AuditEntry byPerson(AuditKind kind) {
        return AuditEntry.of(kind, AT, new SubjectId("subject-1"))
                .with("name", "Nina Nurse")
                .with("address", "192.0.2.7")
                .with("why", "")
                .with("reasons", List.of("one", "two"));
    }

    private static FhirAuditEvents events() {
        return new FhirAuditEvents("Test Hospital", "venule.test/log");
    }

    private static JsonNode event(AuditEntry entry) throws IOException {
        return JSON.readTree(events().bundle(List.of(new Logged(7, entry)), AT)).at("/entry/0/resource");
    }

    private static void isCoding(JsonNode coding) {
        assertThat(coding.get("system").textValue()).startsWith("http");
        assertThat(coding.get("code").textValue()).matches("[^\\s]+( [^\\s]+)*");
    }

    private static String agentType(JsonNode agent) {
        return agent.at("/type/coding/0/code").textValue();
    }

    private static JsonNode one(JsonNode list, Predicate<JsonNode> fits) {
        var found = list.valueStream().filter(fits).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** FHIR: no property is empty, whether text, list or object. */
    private static List<String> empties(JsonNode node) {
        var found = new ArrayList<String>();
        var nothing = node.isContainerNode() ? node.isEmpty() : node.asText().isBlank();
        if (nothing || node.isNull()) {
            found.add(node.toString());
        }
        node.forEach(child -> found.addAll(empties(child)));
        return found;
    }
}

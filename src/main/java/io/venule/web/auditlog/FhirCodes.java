package io.venule.web.auditlog;

import io.venule.audit.AuditEntry;
import java.util.Optional;

/**
 * What kind of event an entry is in the words of FHIR and DICOM. Where an entry is a person's successful read or entry of a patient's data over our own
 * interface, IHE's Basic Audit Log Patterns have a profile for it. Source: FHIR R4 AuditEvent, "type" and "outcome"; DICOM PS3.16, CID 400 and 401;
 * IHE ITI BALP, PatientRead and PatientCreate.
 *
 * @param pattern the profile's last word; empty where no profile fits
 */
record FhirCodes(Code type, Optional<Code> subtype, String action, String outcome, String pattern) {
    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    private static final String REST = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    private static final String SUCCESS = "0";
    private static final String FAILURE = "4";
    private static final String SERIOUS = "8";

    /** A code of a system. */
    record Code(String system, String code, String display) {}

    static FhirCodes of(AuditEntry entry) {
        return switch (entry.kind()) {
            case ORDER_APPROVED, ORDER_OVERRIDDEN -> order("C", SUCCESS);
            case ORDER_SIGNED, FIRST_CHECK -> order("U", SUCCESS);
            case ORDER_REFUSED -> order("C", FAILURE);
            case ORDER_DELIVERED -> order("E", SUCCESS);
            case ORDER_REJECTED, ORDER_EXPIRED -> order("E", FAILURE);
            case ORDER_UNCONFIRMED -> order("E", SERIOUS);
            case ORDER_STATE -> order("U", SUCCESS);
            case STOP_ASKED -> order("C", SUCCESS);
            case STOP_TAKEN -> order("E", SUCCESS);
            case STOP_NOT_DONE -> order("E", FAILURE);
            case PUMP_RECORD -> plain("110111", "Procedure Record", "E", SUCCESS);
            case PUMP_ENROLLED -> alert("110130", "Hardware Configuration", SUCCESS);
            case PUMP_NAMEPLATE -> alert("110130", "Hardware Configuration", SUCCESS);
            case PUMP_DOUBTED -> alert("110126", "Node Authentication", SERIOUS);
            case PUMP_CERTIFICATE_OFFERED -> alert("110126", "Node Authentication", FAILURE);
            case PUMP_CERTIFICATE_ACCEPTED -> alert("110126", "Node Authentication", SUCCESS);
            case QUARANTINE_LIFTED -> alert("110126", "Node Authentication", SUCCESS);
            case PAIRING -> plain("110110", "Patient Record", "E", result(entry, "paired"));
            case LOT_RECALLED, LOT_RECALL_LIFTED -> plain("110100", "Application Activity", "E", SUCCESS);
            case LIBRARY_DRAFTED, LIBRARY_DRAFT_APPROVED, LIBRARY_DRAFT_SIGNED, LIBRARY_DRAFT_CLOSED ->
                plain("110100", "Application Activity", "E", SUCCESS);
            case LIBRARY_ACTIVATED, LIBRARY_RELEASED -> activity("110131", "Software Configuration");
            case LIBRARY_NOT_BELIEVED -> alert("110131", "Software Configuration", SERIOUS);
            case SIGN_IN -> {
                var login = dicom("110122", "Login");
                yield new FhirCodes(
                        dicom("110114", "User Authentication"), Optional.of(login), "E", result(entry, "accepted"), "");
            }
            case ACCESS_DENIED -> alert("110132", "Use of Restricted Function", FAILURE);
            case PATIENT_READ -> rest("read", "R", "PatientRead");
            case PATIENT_ADMITTED, PRESCRIPTION_ENTERED -> rest("create", "C", "PatientCreate");
            case PATIENT_ERASED -> plain("110110", "Patient Record", "D", SUCCESS);
            case EXPORT -> plain("110106", "Export", "R", SUCCESS);
            case CONFIGURATION -> activity("110120", "Application Start");
            case KEY_REVOKED, DATA_RESEALED -> alert("110129", "Security Configuration", SUCCESS);
            case LOG_CHECK -> plain("110101", "Audit Log Used", "R", result(entry, "sound"));
        };
    }

    private static String result(AuditEntry entry, String good) {
        return entry.said("result").equals(good) ? SUCCESS : FAILURE;
    }

    private static FhirCodes order(String action, String outcome) {
        return plain("110109", "Order Record", action, outcome);
    }

    private static FhirCodes plain(String code, String display, String action, String outcome) {
        return new FhirCodes(dicom(code, display), Optional.empty(), action, outcome, "");
    }

    private static FhirCodes alert(String code, String display, String outcome) {
        return new FhirCodes(dicom("110113", "Security Alert"), Optional.of(dicom(code, display)), "E", outcome, "");
    }

    private static FhirCodes activity(String code, String display) {
        return new FhirCodes(
                dicom("110100", "Application Activity"), Optional.of(dicom(code, display)), "E", SUCCESS, "");
    }

    private static FhirCodes rest(String interaction, String action, String pattern) {
        return new FhirCodes(
                new Code(REST, "rest", "Restful Operation"),
                Optional.of(new Code(INTERACTION, interaction, interaction)),
                action,
                SUCCESS,
                pattern);
    }

    private static Code dicom(String code, String display) {
        return new Code(DICOM, code, display);
    }
}

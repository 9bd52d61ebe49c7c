package io.venule.audit;

/** What an entry of the audit log is about. Names are part of the format: none is renamed or reused. Source: docs/audit-format.md. */
public enum AuditKind {
    /** An order passed every check and will be signed. */
    ORDER_APPROVED,
    /** A soft limit was passed with a reason. */
    ORDER_OVERRIDDEN,
    /** The order itself, exactly as it was signed for the approval right before, and the certificate of its key. */
    ORDER_SIGNED,
    /** The ward said no: mispaired, outside a hard limit, or a question not answered. */
    ORDER_REFUSED,
    /** Two people must look at an order, and the first has. */
    FIRST_CHECK,
    /** The pump accepted; it waits for START. */
    ORDER_DELIVERED,
    /** The pump refused. */
    ORDER_REJECTED,
    /** No answer came; nobody knows yet. */
    ORDER_UNCONFIRMED,
    /** Nobody started it in time. */
    ORDER_EXPIRED,
    /** A later state of an order: started, changed at the pump, completed, resolved. */
    ORDER_STATE,
    /** A person asked to cancel or to stop an order. */
    STOP_ASKED,
    /** The pump did as was asked, by its receipt. */
    STOP_TAKEN,
    /** The pump was not reached, refused, or gave no answer. */
    STOP_NOT_DONE,
    /** A pump's own signed record. */
    PUMP_RECORD,
    /** A pump was taken into the fleet: serial and record key. */
    PUMP_ENROLLED,
    /** A pump's connection, hash chain or clock gave cause for doubt. */
    PUMP_DOUBTED,
    /** A pump says of itself another software revision or serial number than before, or than it was enrolled under. */
    PUMP_NAMEPLATE,
    /** At a pump's address another certificate is presented than it was enrolled with: one that the fleet's authority made for it. */
    PUMP_CERTIFICATE_OFFERED,
    /** A person enrolled a pump under the certificate that it presented. */
    PUMP_CERTIFICATE_ACCEPTED,
    /** A person put a pump back into use that was out of it because of a doubt. */
    QUARANTINE_LIFTED,
    /** A wristband, bag, channel and prescription were paired, or could not be. */
    PAIRING,
    /** A person recalled a lot: no bag of it is paired any more. */
    LOT_RECALLED,
    /** A person lifted the recall of a lot. */
    LOT_RECALL_LIFTED,
    /** A person sent a draft of the drug library to be looked at. */
    LIBRARY_DRAFTED,
    /** Another person found such a draft as it should be. */
    LIBRARY_DRAFT_APPROVED,
    /** A person handed in a signature over exactly such a draft. */
    LIBRARY_DRAFT_SIGNED,
    /** A person found that such a draft is not to be published as it is. */
    LIBRARY_DRAFT_CLOSED,
    /** A drug library release became the active one. */
    LIBRARY_ACTIVATED,
    /** A person had a drug library release published that two people signed. */
    LIBRARY_RELEASED,
    /** A drug library release was published that a server does not believe; that server goes on under the one before. */
    LIBRARY_NOT_BELIEVED,
    /** Someone signed in or failed to. */
    SIGN_IN,
    /** Someone asked for what their role does not allow. */
    ACCESS_DENIED,
    /** A patient's record was read. */
    PATIENT_READ,
    /** A patient was admitted, moved or discharged. */
    PATIENT_ADMITTED,
    /** What was on record of a patient was erased; the commitment in earlier entries leads to nobody any more. */
    PATIENT_ERASED,
    /** A prescription was entered or ended. */
    PRESCRIPTION_ENTERED,
    /** Data left the system: a download, a report, this log itself. */
    EXPORT,
    /** The system started, or a setting or key changed. */
    CONFIGURATION,
    /** The root said that keys must not be believed any more: those of the list that is in force from now on. */
    KEY_REVOKED,
    /** After a change of the data key, patient data were sealed under the new one. */
    DATA_RESEALED,
    /** The log was checked, with the result. */
    LOG_CHECK
}

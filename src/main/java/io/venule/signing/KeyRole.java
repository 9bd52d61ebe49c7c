package io.venule.signing;

/** The one thing a key may sign. A key never has two roles. Source: docs/pump-contract.md, "Keys". */
public enum KeyRole {
    /** Key certificates; kept offline. */
    ROOT,
    /** Infusion orders of one ward, or of all where the scope is {@code *}. */
    ORDER,
    /** Releases of the drug library; one key per pharmacist. */
    LIBRARY_RELEASE,
    /** Checkpoints of the audit log. */
    CHECKPOINT,
    /** A pump's challenges, receipts and records. */
    PUMP_RECORD
}

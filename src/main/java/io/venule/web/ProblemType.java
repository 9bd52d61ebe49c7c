package io.venule.web;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of problem that the API and the pages name. The slug is part of the interface and never changes its meaning: the type of a problem document is
 * {@code /problems/<slug>}. {@code docs/problems.md} lists the same. Source: RFC 9457.
 */
public enum ProblemType {
    UNREADABLE_SCAN(
            422,
            "The scan could not be read",
            "A scanned text is not a label of this hospital, or is damaged.",
            "Scan again; if it stays so, do not use the label and ask for a new one."),
    WRONG_SYMBOL(
            422,
            "That is another kind of label",
            "The scanned label is good, but not the one that was asked for.",
            "Scan what the page asks for."),
    WRONG_PAIRING(
            409,
            "These do not belong together",
            "Patient, bag, pump, prescription and nurse do not all fit one another.",
            "Do as each mismatch says; do not start this infusion."),
    HARD_LIMIT(
            422,
            "Outside a hard limit",
            "The program is outside a limit of the drug library that cannot be passed.",
            "Ask the prescriber or the pharmacist; the order cannot be sent."),
    REASON_NEEDED(
            422,
            "A reason is needed",
            "The program is outside a soft limit.",
            "Choose a reason from the list and send again, or ask the prescriber."),
    DISPLAY_CHANGED(
            409,
            "What was shown has changed",
            "What would be sent is not what was on the screen.",
            "Look at the new verdict and decide again."),
    SECOND_PERSON_NEEDED(
            409,
            "A second person must look",
            "Two people check this order. The first check is recorded; nothing was sent.",
            "Someone else scans the same three labels, or enters the same change, and sends within ten minutes."),
    SIGN_IN_TOO_OLD(
            403,
            "Sign in again first",
            "Two people check this order, and each must have signed in within the last five minutes.",
            "Sign out and in again, then scan again."),
    PUMP_NOT_READY(
            409,
            "The pump cannot take an order now",
            "The pump does not answer, is in use, or works with another library release.",
            "Look at the pump, then try again; or program it by hand."),
    PUMP_REJECTED(
            409,
            "The pump refused the order",
            "The pump checked the order by itself and refused it.",
            "Look at the pump's display, scan again and check the new verdict."),
    CHANNEL_BUSY(
            409,
            "Another order is open",
            "Another order is open on this pump channel, or this very bag is in use.",
            "Finish or stop the other order, or take another channel or bag."),
    NOTHING_TO_END(
            409,
            "Nothing to stop or cancel",
            "The pump says that this order neither waits nor runs there.",
            "Look at the pump. What runs there is another order, or was set by hand."),
    NOTHING_TO_CHANGE(
            409,
            "This cannot be changed",
            "The order does not run, is not dosed by time, or the wanted value is no number above zero.",
            "Look at the pump; change the rate there, or scan to start something else."),
    INVALID_REQUEST(
            400,
            "The request could not be understood",
            "The body or a parameter is missing, malformed or unknown.",
            "Correct what the detail names and send again."),
    UNKNOWN_REFERENCE(
            422,
            "Something named is not on record",
            "The request names a patient, library entry, prescription, care area or pump that is not on record.",
            "Check the number, or enter it first."),
    FAULTY_LIBRARY(
            422,
            "The draft cannot be read",
            "The file is not the exact text of a release of the drug library, or something in it is wrong.",
            "Correct every fault that is listed, write the draft with ops/library release, and send it again."),
    OWN_DRAFT(
            403,
            "Somebody else must approve it",
            "Whoever sent a draft of the drug library does not approve it.",
            "Ask another pharmacist to look at it."),
    DRAFT_ENDED(
            409,
            "That draft does not wait for this",
            "The draft is at another step, is closed or published already, or another release became the active one since.",
            "Open the draft again and see who said what to it."),
    SIGNATURE_REFUSED(
            422,
            "That signature does not count",
            "What was handed in is not a signature of this draft by the person who is signed in and by a key that counts, or one that was kept does not count any more.",
            "Sign exactly the draft's file with ops/library sign, as the person whom its page names and with your own key, and hand in what it wrote."),
    SIMULATED_PUMP(
            422,
            "A simulated pump",
            "Simulated pumps are for training; in clinical mode none is enrolled.",
            "Enrol the real pump, or use the training installation."),
    PATIENT_IN_TREATMENT(
            409,
            "The patient is being treated",
            "An order of this patient is open; nothing was erased.",
            "End or wait for the infusion, then erase."),
    NOT_OUT_OF_USE(
            409,
            "The pump is in use",
            "The pump is not in quarantine; somebody else may have lifted it.",
            "Open the pump's page again."),
    NOT_OFFERED(
            409,
            "That certificate does not wait",
            "The pump does not present this certificate any more, or somebody accepted one meanwhile.",
            "Open the pump's page again, and compare what waits there now."),
    ALREADY_ON_RECORD(409, "Already on record", "The number is already taken.", "Use another number."),
    NOT_SIGNED_IN(
            401, "Not signed in", "The request carries no valid token.", "Sign in, or send a valid bearer token."),
    NOT_ALLOWED(
            403,
            "Not for your role",
            "Your role does not include this page or action.",
            "Ask someone with the role, or your administrator if you should have it."),
    NOT_FOUND(
            404,
            "Not found",
            "There is nothing under this address, or it is not on record.",
            "Check the address; start again from the home page."),
    METHOD_NOT_ALLOWED(
            405,
            "Not possible there",
            "The address exists but does not take this method.",
            "See the API description at /q/openapi."),
    NOT_ACCEPTABLE(
            406,
            "Not available in that form",
            "The address cannot answer in the media type asked for.",
            "Ask for application/json or text/html."),
    TOO_LARGE(413, "Too large", "The request is larger than what is taken.", "Send a smaller picture or text."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "Not in that form",
            "The address does not take this media type.",
            "Send application/json, or image/png or image/jpeg for a picture."),
    FORM_EXPIRED(
            400,
            "The form is too old",
            "The form was opened too long ago, or its protection token does not fit this browser.",
            "Open the page again; nothing was sent."),
    TOO_MANY(
            429,
            "Too many at once",
            "More live pages are open, or drafts being tried, than this server serves at once.",
            "Close other windows and try again in a minute."),
    SIGN_IN_UNAVAILABLE(
            503,
            "Nobody can sign in now",
            "The hospital's sign-in server does not answer, or not with the certificate it should have.",
            "Running pumps run on: stop or slow one at the pump. Start new infusions by hand, tell your administrator, and try again in a minute."),
    RECORD_UNAVAILABLE(
            503,
            "Nothing can be recorded now",
            "The record or its audit log does not answer or is refused, and what cannot be recorded is not done. Nothing was sent.",
            "Running pumps run on: stop or slow one at the pump, which keeps its own record. Start new infusions by hand, and tell your administrator."),
    SERVICE_UNAVAILABLE(
            503,
            "Not available now",
            "A part that this needs, such as the database, did not answer. Nothing was sent.",
            "Try again in a moment; at the bedside, program the pump by hand."),
    OUR_FAULT(
            500,
            "Our fault",
            "Something went wrong inside Venule. Nothing is assumed to have happened.",
            "Try again; if it stays so, give the reference to your administrator.");

    private final int status;
    private final String title;
    private final String meaning;
    private final String remedy;

    ProblemType(int status, String title, String meaning, String remedy) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public String slug() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What it means, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do, in one sentence. */
    public String remedy() {
        return remedy;
    }

    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /** The type that stands for a bare HTTP status. */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> NOT_SIGNED_IN;
            case 403 -> NOT_ALLOWED;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> TOO_MANY;
            case 503 -> SERVICE_UNAVAILABLE;
            default -> status < 500 ? INVALID_REQUEST : OUR_FAULT;
        };
    }
}

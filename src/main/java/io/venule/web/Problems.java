package io.venule.web;

import io.quarkus.qute.TemplateInstance;
import io.venule.release.LibraryFault;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Turns a no, a nonsense or a failure into a problem document for programs and a page in plain words for people. Never holds a stack trace or patient data;
 * every one has a reference that also stands in the server's log. Source: RFC 9457; {@code docs/problems.md}.
 */
@Singleton
public class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int REFERENCE_BITS = 40;

    private final Shells shells;
    private final SecureRandom random;

    Problems(Shells shells, SecureRandom random) {
        this.shells = shells;
        this.random = random;
    }

    /** A problem with what went wrong this time; an empty detail stands for the type's own meaning. */
    public Problem of(ProblemType type, String detail) {
        return Problem.of(type, detail, reference());
    }

    /** Ends the request with this problem. */
    public Refused refuse(ProblemType type, String detail) {
        return refuse(of(type, detail));
    }

    /** Ends the request with this problem, where what to do is not what the type says. */
    public Refused refuse(ProblemType type, String detail, String remedy) {
        return refuse(of(type, detail).withRemedy(remedy));
    }

    /** Ends the request with this problem. */
    public Refused refuse(Problem problem) {
        return new Refused(problem);
    }

    public Refused pumpNotReady(String sentence, String remedy) {
        return refuse(ProblemType.PUMP_NOT_READY, sentence, remedy);
    }

    public Refused pumpRejected(String sentence, String code) {
        return refuse(of(ProblemType.PUMP_REJECTED, sentence).with(Problem.About.rejection(code)));
    }

    public Refused wrongPairing(List<Problem.Mismatch> mismatches) {
        return refuse(of(ProblemType.WRONG_PAIRING, "").with(Problem.About.mismatches(mismatches)));
    }

    public Refused breached(ProblemType type, List<Problem.Breach> breaches) {
        return refuse(of(type, "").with(Problem.About.breaches(breaches)));
    }

    public Refused hardLimit(List<Problem.Breach> breaches, String remedy) {
        return refuse(of(ProblemType.HARD_LIMIT, "")
                .with(Problem.About.breaches(breaches))
                .withRemedy(remedy));
    }

    public Refused notPossible(String sentence, String remedy) {
        return refuse(ProblemType.NOTHING_TO_CHANGE, sentence, remedy);
    }

    public Refused unreadable(List<Problem.Fault> faults) {
        return refuse(of(ProblemType.UNREADABLE_SCAN, "").with(Problem.About.faults(faults)));
    }

    /** A draft of the drug library is refused as a whole. */
    public Refused faultyLibrary(List<LibraryFault> faults) {
        return refuse(of(ProblemType.FAULTY_LIBRARY, "").with(Problem.About.libraryFaults(faults)));
    }

    /** To someone whose sign-in ended while a page was open. Not the sign-in page itself: nobody would know what became of the form. */
    Response signedOut(boolean forPeople) {
        return answer(signedOut(), forPeople);
    }

    Problem signedOut() {
        return of(ProblemType.NOT_SIGNED_IN, "You are signed out: nothing was done here for a while. Nothing was sent.")
                .withRemedy("Sign in again, then do it once more. At the bedside, scan all three again.");
    }

    /** Something threw that should not have: the log gets the cause, the caller the reference. */
    Problem unexpected(ProblemType type, Throwable cause) {
        var problem = of(type, "");
        LOG.errorf(cause, "problem=%s reference=%s", problem.slug(), problem.reference());
        return problem;
    }

    /** As a document where a program asks, as a page where a person does. */
    Response answer(Problem problem, boolean forPeople) {
        var response = Response.status(problem.status());
        if (problem.status() == 401) {
            response.header("WWW-Authenticate", "Bearer");
        }
        return forPeople
                ? response.entity(page(problem)).type(MediaType.TEXT_HTML_TYPE).build()
                : response.entity(problem).type(Problem.MEDIA_TYPE).build();
    }

    /** The page of a problem that nobody threw. */
    String rendered(ProblemType type) {
        return page(of(type, "")).render();
    }

    private TemplateInstance page(Problem problem) {
        return new ProblemPages.problem(shells.here(), problem);
    }

    private String reference() {
        var number = random.nextLong() & (1L << REFERENCE_BITS) - 1;
        var text = Long.toString(number, Character.MAX_RADIX).toUpperCase(java.util.Locale.ROOT);
        var padded = "0".repeat(8 - text.length()) + text;
        return padded.substring(0, 4) + "-" + padded.substring(4);
    }
}

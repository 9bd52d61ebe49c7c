package io.venule.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.venule.release.LibraryFault;
import java.util.List;

/**
 * A problem document. Source: RFC 9457; the members after {@code instance} are extensions.
 *
 * @param detail what went wrong this time, for people; never patient data
 * @param remedy what to do
 * @param reference short id to give to the administrator; also in the server's log
 * @param about what only this kind of problem says; in the document its members stand beside the others
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String remedy,
        String reference,
        @JsonUnwrapped About about) {
    /** Two things that do not belong together, with what to do. */
    public record Mismatch(String type, String sentence, String remedy) {}

    /** A limit that is passed. */
    public record Breach(String code, boolean hard, String sentence) {}

    /** A scan that is no good. */
    public record Fault(String prompt, String sentence, String remedy) {}

    /**
     * What one kind of problem says beside the members that all have.
     *
     * @param code the pump's rejection code, for {@code pump-rejected} only
     * @param mismatches for {@code wrong-pairing} only
     * @param breaches for {@code hard-limit} and {@code reason-needed} only
     * @param faults the scans that are no good, for {@code unreadable-scan} only
     * @param libraryFaults everything wrong in a draft of the drug library, for {@code faulty-library} only
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record About(
            String code,
            List<Mismatch> mismatches,
            List<Breach> breaches,
            List<Fault> faults,
            List<LibraryFault> libraryFaults) {
        private static final About NOTHING = new About("", List.of(), List.of(), List.of(), List.of());

        static About rejection(String code) {
            return new About(code, List.of(), List.of(), List.of(), List.of());
        }

        static About mismatches(List<Mismatch> all) {
            return new About("", List.copyOf(all), List.of(), List.of(), List.of());
        }

        static About breaches(List<Breach> all) {
            return new About("", List.of(), List.copyOf(all), List.of(), List.of());
        }

        static About faults(List<Fault> all) {
            return new About("", List.of(), List.of(), List.copyOf(all), List.of());
        }

        static About libraryFaults(List<LibraryFault> all) {
            return new About("", List.of(), List.of(), List.of(), List.copyOf(all));
        }
    }

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemType type, String detail, String reference) {
        return new Problem(
                "/problems/" + type.slug(),
                type.title(),
                type.status(),
                detail.isEmpty() ? type.meaning() : detail,
                "urn:venule:problem:" + reference,
                type.remedy(),
                reference,
                About.NOTHING);
    }

    Problem withRemedy(String words) {
        return new Problem(type, title, status, detail, instance, words, reference, about);
    }

    Problem with(About said) {
        return new Problem(type, title, status, detail, instance, remedy, reference, said);
    }

    /** The last part of {@link #type}. */
    public String slug() {
        return type.substring(type.lastIndexOf('/') + 1);
    }
}

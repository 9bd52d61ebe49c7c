package io.venule.web.auditlog;

import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.audit.AuditLog.About;
import io.venule.audit.AuditLog.Logged;
import io.venule.audit.AuditLog.Search;
import io.venule.barcode.Barcodes;
import io.venule.barcode.Scan;
import io.venule.order.AuditTrail;
import io.venule.signing.Digest;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Staff;
import io.venule.web.WebSettings;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Searches the log as an auditor asked. Looking for one patient is a read of patient data, which is in the log before the answer is given. */
@Singleton
class LogSearch {
    /** Entries on a page at most. */
    static final int PAGE = 100;

    private static final int LONGEST = 128;
    private static final Instant ALWAYS = Instant.EPOCH;
    private static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

    private final AuditLog log;
    private final AuditTrail trail;
    private final Staff staff;
    private final Problems problems;
    private final WebSettings settings;
    private final InstantSource clock;

    LogSearch(
            AuditLog log, AuditTrail trail, Staff staff, Problems problems, WebSettings settings, InstantSource clock) {
        this.log = log;
        this.trail = trail;
        this.staff = staff;
        this.problems = problems;
        this.settings = settings;
        this.clock = clock;
    }

    /** What was asked, understood or not. */
    sealed interface Reading {
        record Good(Search search) implements Reading {}

        /** What cannot be understood, each a sentence. */
        record Bad(List<String> faults) implements Reading {}
    }

    /** Entries, newest first, and from where older ones follow; {@code next} is negative where none do. */
    record Page(List<Logged> entries, long next) {
        static final Page EMPTY = new Page(List.of(), -1);
    }

    Reading read(Asked asked) {
        var faults = new ArrayList<String>();
        var place = place(brief(asked.q, "Pump, channel or order", faults));
        var isOrder = place.matches("[0-9a-f]{32}");
        var about = new About(
                isOrder ? place : "",
                isOrder ? "" : place,
                checked(
                        asked.patient,
                        text -> Digest.parse(text).isPresent(),
                        faults,
                        "A patient is named by 64 hexadecimal digits here; look for one by the wristband."),
                brief(asked.drug, "Drug", faults),
                brief(asked.nurse, "Nurse", faults),
                checked(asked.kind, LogSearch::isKind, faults, "There is no such kind of entry."));
        var from = instant(asked.from, "From", ALWAYS, faults);
        var until = instant(asked.until, "Until", FOREVER, faults);
        if (faults.isEmpty() && !from.isBefore(until)) {
            faults.add("“Until” is not after “From”: nothing can be between them.");
        }
        var before =
                checked(asked.before, text -> text.matches("[0-9]{1,18}"), faults, "“Before” is no entry's number.");
        return faults.isEmpty()
                ? new Reading.Good(new Search(
                        about, from, until, before.isEmpty() ? Long.MAX_VALUE : Long.parseLong(before), PAGE))
                : new Reading.Bad(faults);
    }

    /** The same, where what cannot be understood ends the request. */
    Search readOrRefuse(Asked asked) {
        return switch (read(asked)) {
            case Reading.Good(var search) -> search;
            case Reading.Bad(var faults) ->
                throw problems.refuse(ProblemType.INVALID_REQUEST, String.join(" ", faults));
        };
    }

    Page find(Search search) {
        if (!search.about().patient().isEmpty()) {
            noteRead(search.about().patient(), "audit search");
        }
        var entries = log.find(search);
        return new Page(
                entries, entries.size() == search.atMost() ? entries.getLast().index() : -1);
    }

    /** Notes in the log that the signed-in person reads about this patient. */
    void noteRead(String patient, String through) {
        trail.append(staff.does(AuditKind.PATIENT_READ, clock.instant())
                .with("patient", patient)
                .with("through", through));
    }

    private String place(String text) {
        return text.length() > 4
                        && Barcodes.read(text, clock.instant()) instanceof Scan.PumpTag(var serial, var channel)
                ? serial + "/" + channel
                : text;
    }

    private static boolean isKind(String text) {
        return Arrays.stream(AuditKind.values()).anyMatch(kind -> kind.name().equals(text));
    }

    private static String brief(String text, String what, List<String> faults) {
        return checked(
                text, typed -> typed.length() <= LONGEST, faults, what + ": more than " + LONGEST + " characters.");
    }

    private static String checked(String text, Predicate<String> good, List<String> faults, String fault) {
        var typed = text.strip();
        if (!typed.isEmpty() && !good.test(typed)) {
            faults.add(fault);
            return "";
        }
        return typed;
    }

    private Instant instant(String text, String what, Instant otherwise, List<String> faults) {
        var typed = text.strip();
        if (typed.isEmpty()) {
            return otherwise;
        }
        var instant = instant(typed).filter(at -> !at.isBefore(ALWAYS) && !at.isAfter(FOREVER));
        if (instant.isEmpty()) {
            faults.add("“" + what + "” is no date and time such as 2026-11-21T07:30.");
        }
        return instant.orElse(otherwise);
    }

    /** An instant with its zone, or a date, with or without a time, on the hospital's clock. */
    private Optional<Instant> instant(String text) {
        try {
            if (text.endsWith("Z")) {
                return Optional.of(Instant.parse(text));
            }
            return Optional.of((text.contains("T")
                            ? LocalDateTime.parse(text)
                            : LocalDate.parse(text).atStartOfDay())
                    .atZone(settings.timeZone())
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

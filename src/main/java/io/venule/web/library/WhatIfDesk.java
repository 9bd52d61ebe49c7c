package io.venule.web.library;

import io.venule.dose.Breach;
import io.venule.dose.Hindsight.Alert;
import io.venule.dose.Hindsight.Level;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryDiff;
import io.venule.order.DraftReplay;
import io.venule.order.DraftReplay.Replayed;
import io.venule.order.PastOrders.How;
import io.venule.order.Replay.Changed;
import io.venule.prescription.Regimen;
import io.venule.release.ActiveRelease;
import io.venule.release.DraftFile;
import io.venule.release.LibraryReading;
import io.venule.release.Release;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Tries a draft of the drug library on what was ordered, beside the active release. Keeps and activates nothing. */
@Singleton
class WhatIfDesk {
    /** Each takes a processor for itself while it lasts, and the ward needs them more. */
    private static final int AT_ONCE = 1;

    private final ActiveRelease active;
    private final DraftReplay replays;
    private final Problems problems;
    private final Semaphore turn = new Semaphore(AT_ONCE);

    WhatIfDesk(ActiveRelease active, DraftReplay replays, Problems problems) {
        this.active = active;
        this.replays = replays;
        this.problems = problems;
    }

    /** Everything that is told of a draft. */
    record Tried(Release before, Release after, LibraryDiff diff, Replayed replayed, List<Case> cases) {}

    /**
     * An order that would come to something else; no patient data.
     *
     * @param order its id; empty where a hard limit stopped it, so that it became none
     * @param at when, in UTC
     * @param how {@code SENT}, {@code OVERRIDDEN} or {@code STOPPED}
     * @param drug in tall-man letters
     * @param ordered dose or rate, in words
     */
    public record Case(
            String order, String at, String how, String drug, String ordered, String entry, Met before, Met after) {}

    /**
     * What one release says of it.
     *
     * @param level {@code NONE}, {@code SOFT}, {@code HARD} or {@code NO_ENTRY}
     * @param why every limit passed, in sentences
     */
    public record Met(String level, List<String> why) {}

    /** The draft that was sent, or every fault of it. */
    LibraryReading read(byte[] sent) {
        return DraftFile.read(active.release(), sent);
    }

    /** A typed problem while another draft is being tried. */
    Tried of(Release draft) {
        if (!turn.tryAcquire()) {
            throw problems.refuse(ProblemType.TOO_MANY, "Another draft is being tried. Nothing was done.");
        }
        try {
            return tried(draft);
        } finally {
            turn.release();
        }
    }

    private Tried tried(Release draft) {
        var before = active.release();
        var replayed = replays.of(before.library(), draft.library());
        return new Tried(
                before,
                draft,
                LibraryDiff.between(before.library(), draft.library()),
                replayed,
                replayed.replay().cases().stream()
                        .map(one -> shown(one, List.of(before.library(), draft.library())))
                        .toList());
    }

    private static Case shown(Changed one, List<DrugLibrary> libraries) {
        var prescription = one.prescription();
        return new Case(
                one.order(),
                one.at().toString(),
                one.how().name(),
                drug(prescription.libraryEntry(), prescription.drug(), libraries),
                ordered(prescription.regimen()),
                prescription.libraryEntry(),
                met(one.before()),
                met(one.after()));
    }

    /** In tall-man letters, by whichever library knows the entry. */
    private static String drug(String entry, String code, List<DrugLibrary> libraries) {
        return libraries.stream()
                .flatMap(library -> library.entry(entry).stream())
                .map(found -> found.drug().tallMan())
                .findFirst()
                .orElse(code);
    }

    private static String ordered(Regimen regimen) {
        return switch (regimen) {
            case Regimen.Continuous(var dose) -> dose.print();
            case Regimen.Intermittent(var total, var over) -> total.print() + " in " + over.toMinutes() + " min";
            case Regimen.Fluid(var rate) -> rate.print();
        };
    }

    private static Met met(Alert alert) {
        return new Met(
                alert.level().name(),
                alert.level() == Level.NO_ENTRY
                        ? List.of("The release holds no such entry.")
                        : alert.breaches().stream().map(Breach::sentence).toList());
    }

    /** What became of it then, in words. */
    static String words(How how) {
        return switch (how) {
            case SENT -> "sent";
            case OVERRIDDEN -> "sent with a reason";
            case STOPPED -> "stopped at a hard limit";
        };
    }
}

package io.venule.web.library;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.druglibrary.LibraryVersion;
import io.venule.order.Replay;
import io.venule.release.LibraryReading;
import io.venule.web.Problems;
import io.venule.web.Roles;
import io.venule.web.library.WhatIfDesk.Case;
import io.venule.web.library.WhatIfDesk.Tried;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;

/** What a draft of the drug library would have done, for programs. Source: EXPECTATIONS row 23. */
@Path("/api/v1/library/what-if")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.PHARMACIST)
public class WhatIfApi {
    private final WhatIfDesk desk;
    private final Problems problems;

    WhatIfApi(WhatIfDesk desk, Problems problems) {
        this.desk = desk;
        this.problems = problems;
    }

    /**
     * What came of it.
     *
     * @param before the active release
     * @param after the draft
     * @param since first instant looked at, in UTC
     * @param judged how many orders were judged by both
     * @param notJudged how many were not, because the patient was erased or the pump is not in the inventory
     * @param overridden how many of those judged were sent with a reason then
     * @param stopped how many of those judged were stopped at a hard limit then
     * @param moreOrders whether there were more orders than were looked at
     * @param moreRefusals whether there may have been more refusals in the log than were looked at
     * @param cases the newest that would come to something else
     */
    public record Answer(
            LibraryVersion before,
            LibraryVersion after,
            String since,
            String until,
            long judged,
            long notJudged,
            long overridden,
            long stopped,
            long changed,
            boolean moreOrders,
            boolean moreRefusals,
            List<Count> counts,
            List<Replay.EntryCount> entries,
            List<Case> cases,
            ReleasesApi.Changes changes) {}

    /** How many met {@code before} and would meet {@code after}: {@code NONE}, {@code SOFT}, {@code HARD} or {@code NO_ENTRY}. */
    public record Count(String before, String after, long orders) {}

    /** The body is the exact bytes of a release, or the active one's entries as a table. */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, ReleaseDownloads.TABLE})
    public Answer what(byte[] draft) {
        return switch (desk.read(draft)) {
            case LibraryReading.Loaded(var release) -> answer(desk.of(release));
            case LibraryReading.Refused(var faults) -> throw problems.faultyLibrary(faults);
        };
    }

    private static Answer answer(Tried tried) {
        var replayed = tried.replayed();
        var replay = replayed.replay();
        return new Answer(
                tried.before().version(),
                tried.after().version(),
                replayed.since().toString(),
                replayed.until().toString(),
                replay.judged(),
                replay.notJudged(),
                replay.overridden(),
                replay.stopped(),
                replay.changed(),
                replayed.moreOrders(),
                replayed.moreRefusals(),
                replay.moves().entrySet().stream()
                        .map(move -> new Count(
                                move.getKey().before().name(),
                                move.getKey().after().name(),
                                move.getValue()))
                        .sorted(Comparator.comparing(Count::before).thenComparing(Count::after))
                        .toList(),
                replay.entries(),
                tried.cases(),
                ReleasesApi.changes(tried.diff()));
    }
}

package io.venule.web.fleet;

import io.venule.staff.Role;
import io.venule.staff.StaffMember;
import io.venule.web.Times;
import java.time.Instant;

/**
 * One row: a channel and when it was last heard.
 *
 * @param order what the board puts it in order by; empty elsewhere
 * @param since when its connection broke; empty where it has one
 * @param opens whether who looks may open the order that runs there
 */
public record ChannelRow(ChannelView channel, String order, Times.Shown heard, String since, boolean opens) {
    static ChannelRow of(ChannelView view, boolean opens, Times times) {
        return of(new FleetLook.Placed("", view), opens, times);
    }

    static ChannelRow of(FleetLook.Placed placed, boolean opens, Times times) {
        var view = placed.channel();
        return new ChannelRow(
                view,
                placed.order(),
                view.reportedAt().isEmpty()
                        ? new Times.Shown("", "never", "", 0)
                        : times.show(Instant.parse(view.reportedAt())),
                view.lostSince().isEmpty()
                        ? ""
                        : times.show(Instant.parse(view.lostSince())).exact(),
                opens);
    }

    /** Whether the person has one of the roles that the order's own page asks for. */
    static boolean opens(StaffMember person) {
        return person.is(Role.NURSE) || person.is(Role.PHARMACIST) || person.is(Role.BIOMED) || person.is(Role.AUDITOR);
    }
}

package io.venule.web.fleet;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.venule.pump.EnrolledPump;
import io.venule.release.ActiveRelease;
import io.venule.release.ActiveRelease.Look;
import io.venule.staff.Role;
import io.venule.web.EndsSoon;
import io.venule.web.Roles;
import io.venule.web.Shell;
import io.venule.web.Shells;
import io.venule.web.Staff;
import io.venule.web.Streams;
import io.venule.web.Times;
import io.venule.web.Wording;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The fleet board, live: every channel of the inventory, filtered, sorted and in pages, all of it in the address. EXPECTATIONS row 33. */
@Path("/fleet")
@RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
public class BoardPages {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Shells shells;
    private final Staff staff;
    private final Board board;
    private final CertificateDesk certificates;
    private final ActiveRelease active;
    private final Streams streams;
    private final Times times;

    BoardPages(
            Shells shells,
            Staff staff,
            Board board,
            CertificateDesk certificates,
            ActiveRelease active,
            Streams streams,
            Times times) {
        this.shells = shells;
        this.staff = staff;
        this.board = board;
        this.certificates = certificates;
        this.active = active;
        this.streams = streams;
        this.times = times;
    }

    /**
     * What the board shows.
     *
     * @param text as it was typed
     */
    public record Asked(BoardState state, String text, BoardOrder order) {
        /** For the address of the same with other rows. */
        public RawString query() {
            return new RawString(
                    "state=" + state.name() + "&amp;q=" + Wording.urlEncoded(text) + "&amp;sort=" + order.name());
        }

        public List<BoardState> states() {
            return List.of(BoardState.values());
        }

        public List<BoardOrder> orders() {
            return List.of(BoardOrder.values());
        }
    }

    /** Which of the rows that fit are shown; where the next and the former ones begin, below zero where there are none. */
    public record Part(int total, int from, int until, int before, int next) {
        static Part of(FleetLook.Window window) {
            var until = window.from() + window.rows().size();
            return new Part(
                    window.total(),
                    window.from(),
                    until,
                    window.from() == 0 ? -1 : window.from() - FleetLook.PAGE,
                    until < window.total() ? until : -1);
        }
    }

    /** The board. */
    public record Shown(
            Asked asked,
            Part part,
            FleetLook.Counts counts,
            List<String> keyWarnings,
            long library,
            Look.@Nullable NotBelieved notBelieved,
            List<EndsSoon> endings,
            List<Board.Expiring> expiring,
            List<EnrolledPump> offering,
            List<ChannelRow> rows) {}

    @CheckedTemplate(basePath = "fleet")
    record board(Shell shell, Shown fleet) implements TemplateInstance {}

    @CheckedTemplate(basePath = "fleet")
    record row(ChannelRow row) implements TemplateInstance {}

    @CheckedTemplate(basePath = "fleet")
    record counts(FleetLook.Counts counts) implements TemplateInstance {}

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RunOnVirtualThread
    public TemplateInstance all(
            @RestQuery @DefaultValue("") String state,
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("") String sort,
            @RestQuery @DefaultValue("0") int from) {
        var opens = ChannelRow.opens(staff.signedIn());
        var look = board.look();
        var wanted = board.wanted(state, q, sort, from);
        var window = look.window(wanted);
        var rows = window.rows().stream()
                .map(placed -> ChannelRow.of(placed, opens, times))
                .toList();
        var renews = canRenew();
        return new board(
                shells.here(),
                new Shown(
                        new Asked(wanted.state(), q, wanted.order()),
                        Part.of(window),
                        look.counts(),
                        board.keyWarnings(),
                        active.version().counter(),
                        renews ? active.notBelieved().orElse(null) : null,
                        renews ? board.endings(times) : List.of(),
                        renews ? board.expiring(times) : List.of(),
                        renews ? offering() : List.of(),
                        rows));
    }

    /** The pumps that present another certificate than they are enrolled with. */
    private List<EnrolledPump> offering() {
        var waiting = certificates.waiting();
        return board.pumps().stream()
                .filter(pump -> waiting.containsKey(pump.serial()))
                .toList();
    }

    /** Whether who looks can have a certificate renewed. */
    private boolean canRenew() {
        var person = staff.signedIn();
        return person.is(Role.BIOMED) || person.is(Role.ADMIN);
    }

    /**
     * Changed rows of the board as pieces of the page. First, also after a broken line, which rows are shown, so that no other stays; later, which are no longer. A row's key
     * is the id of its piece.
     */
    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(
            @RestQuery @DefaultValue("") String state,
            @RestQuery @DefaultValue("") String q,
            @RestQuery @DefaultValue("") String sort,
            @RestQuery @DefaultValue("0") int from,
            @Context Sse sse) {
        var last = new HashMap<String, FleetLook.Placed>();
        var wanted = board.wanted(state, q, sort, from);
        var opens = ChannelRow.opens(staff.signedIn());
        var begun = new AtomicBoolean();
        var counted = new AtomicReference<>(new FleetLook.Counts(-1, 0, 0, 0));
        return streams.of(sse, LOOK, () -> {
            var look = board.sharedLook();
            var window = look.window(wanted);
            var messages = news(window, last, opens);
            if (!begun.getAndSet(true)) {
                messages.addFirst(new Streams.Message("only", keys(window)));
            }
            if (!look.counts().equals(counted.getAndSet(look.counts()))) {
                messages.add(new Streams.Message("counts", new counts(look.counts()).render()));
            }
            return messages;
        });
    }

    private static String keys(FleetLook.Window window) {
        return window.rows().stream().map(placed -> placed.channel().key()).collect(Collectors.joining(" "));
    }

    private List<Streams.Message> news(FleetLook.Window window, Map<String, FleetLook.Placed> last, boolean opens) {
        var messages = new ArrayList<Streams.Message>();
        var gone = new HashMap<>(last);
        for (var placed : window.rows()) {
            var key = placed.channel().key();
            gone.remove(key);
            if (!placed.equals(last.put(key, placed))) {
                messages.add(new Streams.Message("row", new row(ChannelRow.of(placed, opens, times)).render()));
            }
        }
        gone.keySet().forEach(key -> {
            last.remove(key);
            messages.add(new Streams.Message("gone", key));
        });
        return messages;
    }
}

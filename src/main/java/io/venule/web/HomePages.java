package io.venule.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.staff.Role;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestForm;

/** Where each role starts, what they may do next, and how the pages look. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class HomePages {
    private static final int A_YEAR = 365 * 24 * 3600;

    private final Shells shells;
    private final Staff staff;

    HomePages(Shells shells, Staff staff) {
        this.shells = shells;
        this.staff = staff;
    }

    /** Something to do next. */
    public record Action(String title, String text, String href, String icon) {}

    @CheckedTemplate(basePath = "home")
    record home(Shell shell, List<Action> actions) implements TemplateInstance {}

    @CheckedTemplate(basePath = "home")
    record signedOut(Shell shell) implements TemplateInstance {}

    @GET
    @RolesAllowed({Roles.PHARMACIST, Roles.NURSE, Roles.BIOMED, Roles.AUDITOR, Roles.ADMIN})
    public TemplateInstance start() {
        return new home(shells.here(), actions());
    }

    @GET
    @Path("signed-out")
    @PermitAll
    public TemplateInstance goodbye() {
        return new signedOut(shells.here());
    }

    /** Whoever is signed in is signed out before this is reached; whoever is not is told that it is so. */
    @GET
    @Path("sign-out")
    @PermitAll
    public Response leave() {
        return Response.seeOther(URI.create("/signed-out")).build();
    }

    /** Keeps how this browser wants its pages; goes back to the page it came from. */
    @POST
    @Path("preferences")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    public Response prefer(@RestForm String theme, @RestForm String shortcuts, @RestForm String next) {
        var wanted = Preferences.parse(
                (theme == null ? "" : theme.toLowerCase(Locale.ROOT)) + ("off".equals(shortcuts) ? "-keys" : "+keys"));
        var cookie = new NewCookie.Builder(Preferences.COOKIE)
                .value(wanted.cookie())
                .path("/")
                .maxAge(A_YEAR)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
        return Response.seeOther(URI.create(back(next))).cookie(cookie).build();
    }

    /** A page that came of a form has no address to go back to: its first step has. */
    private static String back(String next) {
        if (!isLocal(next)) {
            return "/";
        }
        return next.startsWith("/bedside/") && !next.startsWith("/bedside/orders/") ? "/bedside" : next;
    }

    private static boolean isLocal(String address) {
        return address != null && address.matches("/(?!/)[A-Za-z0-9/_-]*");
    }

    private List<Action> actions() {
        var person = staff.signedIn();
        var actions = new ArrayList<Action>();
        if (person.is(Role.NURSE)) {
            actions.add(new Action(
                    "Start an infusion", "Scan patient, bag and pump; see the verdict; send.", "/bedside", "upc-scan"));
        }
        if (person.is(Role.PHARMACIST)) {
            actions.add(new Action(
                    "Look up limits", "Every drug and care area of the active release.", "/library", "book"));
        }
        if (person.is(Role.AUDITOR)) {
            actions.add(new Action(
                    "Read the audit log",
                    "Timelines, proofs of inclusion, export and checkpoint.",
                    "/audit",
                    "journal-check"));
        }
        actions.add(new Action("See the pumps", "Every channel, live; alarms first.", "/fleet", "grid-3x3-gap"));
        if (person.is(Role.PHARMACIST) || person.is(Role.BIOMED) || person.is(Role.ADMIN)) {
            actions.add(new Action("Print labels", "Wristbands, bags, pump tags and badges.", "/labels", "printer"));
        }
        if (!person.is(Role.PHARMACIST)) {
            actions.add(new Action(
                    "Look up limits", "Every drug and care area of the active release.", "/library", "book"));
        }
        return actions;
    }
}

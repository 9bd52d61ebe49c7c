package io.venule.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.venule.staff.Role;
import io.venule.staff.StaffMember;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the frame for the page being asked for. */
@Singleton
public class Shells {
    private static final List<Entry> ENTRIES = List.of(
            new Entry("Bedside", "/bedside", "upc-scan", "b", Set.of(Role.NURSE)),
            new Entry("Pumps", "/fleet", "grid-3x3-gap", "p", Set.of(Role.values())),
            new Entry("Drug library", "/library", "book", "l", Set.of(Role.values())),
            new Entry("Audit", "/audit", "journal-check", "a", Set.of(Role.AUDITOR)),
            new Entry("Labels", "/labels", "printer", "e", Set.of(Role.PHARMACIST, Role.BIOMED, Role.ADMIN)));

    /** Under this name the extension that protects forms keeps a request's token. */
    private static final String FORM_TOKEN = "csrf_token";

    private final CurrentVertxRequest request;
    private final Staff staff;
    private final InstantSource clock;
    private final String hospital;
    private final boolean training;

    private record Entry(String name, String href, String icon, String key, Set<Role> roles) {}

    Shells(
            CurrentVertxRequest request,
            Staff staff,
            InstantSource clock,
            @ConfigProperty(name = "venule.hospital") String hospital,
            @ConfigProperty(name = "venule.mode") String mode) {
        this.request = request;
        this.staff = staff;
        this.clock = clock;
        this.hospital = hospital;
        this.training = !mode.equalsIgnoreCase("clinical");
    }

    /** The frame of the current request. */
    public Shell here() {
        return of(staff.present());
    }

    /** The frame of the current request for somebody of whom it is known that nobody is signed in. */
    Shell ofNobody() {
        return of(Optional.empty());
    }

    private Shell of(Optional<StaffMember> person) {
        var path = Paths.of(request.getCurrent());
        var cookie = request.getCurrent().request().getCookie(Preferences.COOKIE);
        var preferences = cookie == null ? Preferences.DEFAULT : Preferences.parse(cookie.getValue());
        return new Shell(
                path,
                hospital,
                training,
                person.map(StaffMember::name).orElse(""),
                person.map(Shells::roleWords).orElse(""),
                person.map(member -> places(member, path)).orElse(List.of()),
                preferences,
                request.getCurrent().get(FORM_TOKEN) != null,
                clock.millis());
    }

    private static String roleWords(StaffMember member) {
        return member.roles().stream().map(Role::realmName).sorted().collect(Collectors.joining(", "));
    }

    private static List<Shell.Place> places(StaffMember member, String path) {
        return ENTRIES.stream()
                .filter(entry -> entry.roles().stream().anyMatch(member::is))
                .map(entry -> new Shell.Place(
                        entry.name(),
                        entry.href(),
                        entry.icon(),
                        entry.key(),
                        path.equals(entry.href()) || path.startsWith(entry.href() + "/")))
                .toList();
    }
}

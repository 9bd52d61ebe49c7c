package io.venule.web;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who is signed in, as the identity provider's verified token says. */
@Singleton
public class Staff {
    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;

    Staff(SecurityIdentity identity, CurrentVertxRequest request) {
        this.identity = identity;
        this.request = request;
    }

    /** The signed-in person; asking without one is a mistake of ours, since every route that asks needs a role. */
    public StaffMember signedIn() {
        return present().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }

    /** An entry of the audit log about something that the signed-in person does here: who, by subject and by name, and from which address. */
    public AuditEntry does(AuditKind kind, Instant at) {
        var person = signedIn();
        return AuditEntry.of(kind, at, person.id())
                .with("name", person.name())
                .with("address", address(request.getCurrent()));
    }

    /** The network address a request came from; empty where there is none any more. */
    static String address(RoutingContext context) {
        var peer = context.request().remoteAddress();
        return peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
    }

    /** The signed-in person, or empty on pages that need none. */
    Optional<StaffMember> present() {
        if (identity.isAnonymous()) {
            return Optional.empty();
        }
        var roles = roles();
        return Optional.of(
                identity.getPrincipal() instanceof JsonWebToken token
                        ? new StaffMember(subject(token), name(token), roles, signIn(token))
                        : new StaffMember(
                                new SubjectId(identity.getPrincipal().getName()),
                                identity.getPrincipal().getName(),
                                roles,
                                new SignIn(Instant.EPOCH, "0")));
    }

    private Set<Role> roles() {
        var roles = EnumSet.noneOf(Role.class);
        identity.getRoles().forEach(name -> Role.ofRealmName(name).ifPresent(roles::add));
        return roles;
    }

    private static SubjectId subject(JsonWebToken token) {
        var subject = token.getSubject();
        if (subject == null) {
            throw new IllegalStateException("the token names no subject");
        }
        return new SubjectId(subject);
    }

    /** The name that the token gives, or else the name they sign in with. */
    static String name(JsonWebToken token) {
        Object name = token.getClaim("name");
        return name instanceof String text && !text.isBlank() ? text : token.getName();
    }

    /** Where the token does not say when its person signed in, its own issue is the earliest that is known. */
    private static SignIn signIn(JsonWebToken token) {
        Object signedIn = token.getClaim("auth_time");
        Object contextClass = token.getClaim("acr");
        var seconds = signedIn instanceof Number number && number.longValue() > 0
                ? number.longValue()
                : token.getIssuedAtTime();
        return new SignIn(Instant.ofEpochSecond(seconds), contextClass instanceof String text ? text : "0");
    }
}

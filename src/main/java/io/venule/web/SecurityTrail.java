package io.venule.web;

import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthenticationSuccessEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.quarkus.security.spi.runtime.SecurityEvent;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.order.AuditTrail;
import io.venule.order.RecordUnavailable;
import io.venule.staff.SubjectId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Writes into the audit log who signed in, whose sign-in was refused, and who asked for what their role does not allow. A session is one entry,
 * however many requests it makes; of refusals that come faster than once a second from one person, or once in ten from strangers, one entry
 * tells how many there were, so that nobody fills the log. Requests do not wait for the log: the entry is made on the request's own thread, since a
 * request may not be read from two, and written on another. Threats T-01, T-14, T-16.
 */
@Singleton
final class SecurityTrail {
    private static final int SESSIONS = 10_000;
    private static final int PEOPLE = 2_000;
    private static final int LONGEST_PATH = 120;

    private final AuditTrail trail;
    private final InstantSource clock;
    private final Event<Made> beside;
    private final Seldom sessions = Seldom.once(SESSIONS);
    private final Seldom refusals = Seldom.every(1, PEOPLE);
    private final Seldom strangers = Seldom.every(10, PEOPLE);

    SecurityTrail(AuditTrail trail, InstantSource clock, Event<Made> beside) {
        this.trail = trail;
        this.clock = clock;
        this.beside = beside;
    }

    /** An entry that is complete and has not been written. */
    record Made(AuditEntry entry) {}

    void signedIn(@Observes AuthenticationSuccessEvent event) {
        var now = clock.instant();
        token(event.getSecurityIdentity())
                .filter(token -> token.getSubject() != null)
                .filter(token -> sessions.more(token.getSubject() + " " + session(token), now)
                        .isPresent())
                .map(token -> from(event, AuditEntry.of(AuditKind.SIGN_IN, now, new SubjectId(token.getSubject())))
                        .with("result", "accepted")
                        .with("name", Staff.name(token))
                        .with(
                                "client",
                                String.valueOf(Optional.<Object>ofNullable(token.getClaim("azp"))
                                        .orElse("")))
                        .with(
                                "roles",
                                event.getSecurityIdentity().getRoles().stream()
                                        .sorted()
                                        .toList()))
                .ifPresent(entry -> beside.fireAsync(new Made(entry)));
    }

    void notSignedIn(@Observes AuthenticationFailureEvent event) {
        if (event.getAuthenticationFailure() instanceof AuthenticationRedirectException) {
            return; // the last step of each sign-in that succeeds
        }
        var now = clock.instant();
        strangers
                .more("sign-in", now)
                .map(more -> from(event, AuditEntry.bySystem(AuditKind.SIGN_IN, now))
                        .with("result", "refused")
                        .with("why", event.getAuthenticationFailure().getClass().getSimpleName())
                        .with("more", more))
                .ifPresent(entry -> beside.fireAsync(new Made(entry)));
    }

    void notAllowed(@Observes AuthorizationFailureEvent event) {
        if (isSentToSignIn(event)) {
            return; // the first step of each sign-in
        }
        var now = clock.instant();
        var person = token(event.getSecurityIdentity()).filter(token -> token.getSubject() != null);
        person.<Optional<AuditEntry>>map(token -> refusals.more(token.getSubject(), now)
                        .map(more -> denied(
                                AuditEntry.of(AuditKind.ACCESS_DENIED, now, new SubjectId(token.getSubject()))
                                        .with("name", Staff.name(token)),
                                event,
                                more)))
                .orElseGet(() -> strangers
                        .more("access", now)
                        .map(more -> denied(AuditEntry.bySystem(AuditKind.ACCESS_DENIED, now), event, more)))
                .ifPresent(entry -> beside.fireAsync(new Made(entry)));
    }

    /** A browser that opens a page before anyone is signed in is shown the way, and nobody was refused anything. */
    private static boolean isSentToSignIn(AuthorizationFailureEvent event) {
        return event.getAuthorizationFailure() instanceof UnauthorizedException
                && event.getEventProperties().get(RoutingContext.class.getName()) instanceof RoutingContext context
                && Paths.forPeople(context)
                && Paths.canComeBack(context);
    }

    /** The entry with the network address that the request came from, where one is known. */
    private static AuditEntry from(SecurityEvent event, AuditEntry entry) {
        var address = event.getEventProperties().get(RoutingContext.class.getName()) instanceof RoutingContext context
                ? Staff.address(context)
                : "";
        return address.isEmpty() ? entry : entry.with("address", address);
    }

    private static AuditEntry denied(AuditEntry entry, SecurityEvent event, long more) {
        return event.getEventProperties().get(RoutingContext.class.getName()) instanceof RoutingContext context
                ? from(event, entry)
                        .with("method", context.request().method().name())
                        .with("path", shortened(Paths.of(context)))
                        .with("more", more)
                : entry.with("more", more);
    }

    private static String shortened(String path) {
        return path.replaceAll("[^\\x21-\\x7e]", "?").substring(0, Math.min(LONGEST_PATH, path.length()));
    }

    private static Optional<JsonWebToken> token(SecurityIdentity identity) {
        return identity != null && identity.getPrincipal() instanceof JsonWebToken token
                ? Optional.of(token)
                : Optional.empty();
    }

    private static String session(JsonWebToken token) {
        Object session = token.getClaim("sid");
        return session == null ? String.valueOf(token.getTokenID()) : session.toString();
    }

    /** The request has its answer already; that the log was not there stands in the server's own. */
    void append(@ObservesAsync Made made) {
        var entry = made.entry();
        try {
            trail.append(entry);
        } catch (RecordUnavailable e) {
            Log.errorf("not in the audit log: kind=%s at=%s error=%s", entry.kind(), entry.at(), e);
        }
    }
}

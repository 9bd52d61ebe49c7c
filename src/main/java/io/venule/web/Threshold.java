package io.venule.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.runtime.SecurityIdentityAssociation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.venule.release.LibraryText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers what never reaches a resource: a body that is too large, a token that is no good, an address that leads to nothing. Programs get the
 * same problem documents as everywhere, people the same pages.
 */
@Singleton
class Threshold {
    /** Names and numbers; an enrolled pump's certificate is the longest of them. Pictures have the server's own, larger limit. */
    static final long LARGEST_DOCUMENT = 256 * 1024;

    /** What takes a whole release of the drug library. */
    private static final String DRAFTS = "/api/v1/library/what-if";

    /** Once it is known who asks, and before the first byte of a body is read. */
    private static final int BEFORE_THE_BODY = -3;
    /** Quarkus sets its own limit at -2. */
    private static final int AFTER_THE_USUAL_LIMIT = -1;
    /** After every route there is, and before what Quarkus says by itself. */
    private static final int LAST = Integer.MAX_VALUE - 10;
    /** The name under which Quarkus keeps a request's limit. */
    private static final String LIMIT = "io.quarkus.max-request-size";

    private final Problems problems;
    private final Shells shells;
    private final CurrentVertxRequest request;
    private final SecurityIdentityAssociation association;
    private final long largestPicture;

    Threshold(
            Problems problems,
            Shells shells,
            CurrentVertxRequest request,
            SecurityIdentityAssociation association,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestPicture) {
        this.problems = problems;
        this.shells = shells;
        this.request = request;
        this.association = association;
        this.largestPicture = largestPicture.asLongValue();
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_THE_BODY).handler(this::measure);
        router.route().order(AFTER_THE_USUAL_LIMIT).handler(this::limit);
        router.route("/api/*").failureHandler(this::tokenRefused);
        router.route().failureHandler(this::sessionEnded);
        router.route().order(LAST).handler(context -> answer(context, ProblemType.NOT_FOUND));
    }

    /** Refuses what says itself that it is too large; what does not say its length meets the limit while it is read. */
    private void measure(RoutingContext context) {
        var said = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (said == null || !isLonger(said, largest(context))) {
            context.next();
            return;
        }
        // The rest of the body is not read, so that nothing else can come on this connection.
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        answer(context, ProblemType.TOO_LARGE);
    }

    private static boolean isLonger(String said, long limit) {
        return said.length() > 18 || Long.parseLong(said) > limit;
    }

    private void limit(RoutingContext context) {
        context.put(LIMIT, largest(context));
        context.next();
    }

    private long largest(RoutingContext context) {
        var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && (type.startsWith("image/") || type.startsWith("multipart/"))) {
            return largestPicture;
        }
        return context.normalizedPath().equals(DRAFTS) ? LibraryText.LARGEST_DRAFT : LARGEST_DOCUMENT;
    }

    /** A token that is expired or forged is refused before any resource is reached. */
    private void tokenRefused(RoutingContext context) {
        if (!(context.failure() instanceof AuthenticationFailedException)
                || context.response().ended()) {
            context.next();
            return;
        }
        answer(context, ProblemType.NOT_SIGNED_IN);
    }

    /** A session that can no longer be renewed ends before any resource is reached, too; who only reads is sent to sign in and comes back. */
    private void sessionEnded(RoutingContext context) {
        if (!(context.failure() instanceof AuthenticationFailedException)
                || Paths.canComeBack(context)
                || !Paths.forPeople(context)
                || context.response().ended()) {
            context.next();
            return;
        }
        answer(context, problems.signedOut());
    }

    private void answer(RoutingContext context, ProblemType type) {
        answer(context, problems.of(type, ""));
    }

    /** Not private: the request's own context is opened around it. */
    @ActivateRequestContext
    void answer(RoutingContext context, Problem problem) {
        var response = context.response().setStatusCode(problem.status());
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (!Paths.forPeople(context)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE).end(Json.encode(problem));
            return;
        }
        request.setCurrent(context);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                .end(new ProblemPages.problem(frame(context, problem), problem).render());
    }

    /** Who is not signed in has no identity to ask for: what is kept of it is only that it failed. */
    private Shell frame(RoutingContext context, Problem problem) {
        if (problem.status() == 401) {
            return shells.ofNobody();
        }
        association.setIdentity(identity(context));
        return shells.here();
    }

    private static SecurityIdentity identity(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                ? user.getSecurityIdentity()
                : QuarkusSecurityIdentity.builder().setAnonymous(true).build();
    }
}

package io.venule.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.venule.order.RecordUnavailable;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.handlers.FormBodyHandler;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;
import org.jspecify.annotations.Nullable;

/** Which exception is which problem. What is not named here is our fault. */
@Singleton
final class ProblemMappers {
    /** Said by the routing before it is known who asks; without a token, that is what is wrong first. */
    private static final Set<ProblemType> BESIDE_THE_POINT =
            Set.of(ProblemType.METHOD_NOT_ALLOWED, ProblemType.NOT_ACCEPTABLE, ProblemType.UNSUPPORTED_MEDIA_TYPE);

    private final Problems problems;
    private final Staff staff;

    ProblemMappers(Problems problems, Staff staff) {
        this.problems = problems;
        this.staff = staff;
    }

    @ServerExceptionMapper
    Response refused(Refused refused, RoutingContext context) {
        return answer(refused.problem(), context);
    }

    /** Programs are told; a person's browser is sent to sign in and comes back. */
    @ServerExceptionMapper
    Uni<Response> unauthorized(UnauthorizedException e, RoutingContext context) {
        HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
        if (authenticator == null || Paths.isApi(context)) {
            return Uni.createFrom().item(notSignedIn(context));
        }
        if (!Paths.canComeBack(context)) {
            return Uni.createFrom().item(problems.signedOut(Paths.forPeople(context)));
        }
        return authenticator
                .getChallenge(context)
                .map(challenge -> toSignIn(challenge, context))
                .onFailure(OIDCException.class)
                .recoverWithItem(away -> signInAway(away, context));
    }

    @ServerExceptionMapper
    Response signInAway(OIDCException e, RoutingContext context) {
        return signInAway((Throwable) e, context);
    }

    /** Whoever signed in before it went away goes on; whoever did not is told, and asks again. */
    private Response signInAway(Throwable e, RoutingContext context) {
        return answer(problems.unexpected(ProblemType.SIGN_IN_UNAVAILABLE, e), context);
    }

    private Response toSignIn(@Nullable ChallengeData challenge, RoutingContext context) {
        if (challenge == null || challenge.headerName == null || challenge.status == 401) {
            return notSignedIn(context);
        }
        return Response.status(challenge.status)
                .header(challenge.headerName.toString(), challenge.headerContent)
                .build();
    }

    private Response notSignedIn(RoutingContext context) {
        return answer(problems.of(ProblemType.NOT_SIGNED_IN, ""), context);
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, RoutingContext context) {
        return answer(problems.of(ProblemType.NOT_ALLOWED, ""), context);
    }

    /** What JAX-RS says by itself: no such address, wrong method, wrong media type, a body that cannot be read. */
    @ServerExceptionMapper
    Response webApplication(WebApplicationException e, RoutingContext context) {
        var status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        if (e.getCause() instanceof JsonMappingException mapping) {
            return answer(problems.of(ProblemType.INVALID_REQUEST, where(mapping)), context);
        }
        var type = ProblemType.ofStatus(status);
        if (Paths.isApi(context)
                && BESIDE_THE_POINT.contains(type)
                && staff.present().isEmpty()) {
            return notSignedIn(context);
        }
        return status >= 500 ? answer(problems.unexpected(type, e), context) : answer(problems.of(type, ""), context);
    }

    /** Named by itself, since Quarkus brings an answer of its own for it. */
    @ServerExceptionMapper
    Response otherThanAsked(MismatchedInputException e, RoutingContext context) {
        return answer(problems.of(ProblemType.INVALID_REQUEST, where(e)), context);
    }

    @ServerExceptionMapper
    Response badJson(JacksonException e, RoutingContext context) {
        return answer(
                problems.of(
                        ProblemType.INVALID_REQUEST,
                        e instanceof JsonMappingException mapping ? where(mapping) : "The body is not JSON."),
                context);
    }

    /** What cannot be recorded is not done. Threat T-46. */
    @ServerExceptionMapper
    Response nothingRecorded(RecordUnavailable e, RoutingContext context) {
        return answer(problems.unexpected(ProblemType.RECORD_UNAVAILABLE, e), context);
    }

    /** A body that ends before it is whole is the sender's; any other file or stream that fails is ours. */
    @ServerExceptionMapper
    Response cutOff(IOException e, RoutingContext context) {
        if (comesFrom(VertxInputStream.class, e)) {
            return answer(problems.of(ProblemType.TOO_LARGE, ""), context);
        }
        return comesFrom(FormBodyHandler.class, e)
                ? answer(problems.of(ProblemType.INVALID_REQUEST, "The body ends before it is complete."), context)
                : anythingElse(e, context);
    }

    private static boolean comesFrom(Class<?> reader, IOException e) {
        return Arrays.stream(e.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(reader.getName()));
    }

    @ServerExceptionMapper
    Response anythingElse(Throwable e, RoutingContext context) {
        return answer(problems.unexpected(ProblemType.OUR_FAULT, e), context);
    }

    /** Names the member, never its value. */
    private static String where(JsonMappingException mapping) {
        var path = new StringBuilder();
        for (var reference : mapping.getPath()) {
            if (reference.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.isEmpty()
                ? "The body is not what this address takes."
                : "Member " + path + " is missing, unknown or malformed.";
    }

    private Response answer(Problem problem, RoutingContext context) {
        return problems.answer(problem, Paths.forPeople(context));
    }
}

package io.venule.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.venule.order.RecordUnavailable;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Which exception is which problem. What is not named here is our fault. */
@Singleton
final class ProblemMappers {
    private final Problems problems;

    ProblemMappers(Problems problems) {
        this.problems = problems;
    }

    @ServerExceptionMapper
    Response refused(Refused refused, RoutingContext context) {
        return answer(refused.problem(), context);
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException e, RoutingContext context) {
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
        return status >= 500 ? answer(problems.unexpected(type, e), context) : answer(problems.of(type, ""), context);
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

    @ServerExceptionMapper
    Response anythingElse(Throwable e, RoutingContext context) {
        return answer(problems.unexpected(ProblemType.OUR_FAULT, e), context);
    }

    /** A token that is expired or forged is refused before any resource is reached. */
    void register(@Observes Router router) {
        router.route("/api/*").failureHandler(this::tokenRefused);
    }

    private void tokenRefused(RoutingContext context) {
        if (!(context.failure() instanceof AuthenticationFailedException)
                || context.response().ended()) {
            context.next();
            return;
        }
        var problem = problems.of(ProblemType.NOT_SIGNED_IN, "");
        context.response()
                .setStatusCode(problem.status())
                .putHeader("WWW-Authenticate", "Bearer")
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(io.vertx.core.json.Json.encode(problem));
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
        var accept = context.request().getHeader("Accept");
        var forPeople = !Paths.of(context).startsWith("/api/") && accept != null && accept.contains("text/html");
        return problems.answer(problem, forPeople);
    }
}

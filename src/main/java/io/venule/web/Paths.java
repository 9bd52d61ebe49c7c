package io.venule.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** The path of a request, without query. */
final class Paths {
    private Paths() {}

    static String of(RoutingContext context) {
        var path = context.request().path();
        return path == null ? "/" : path;
    }

    static boolean isApi(RoutingContext context) {
        return of(context).startsWith("/api/");
    }

    /** Whether a person looks at the answer, so that it is a page; programs and the API get documents. */
    static boolean forPeople(RoutingContext context) {
        var accept = context.request().getHeader("Accept");
        return !isApi(context) && accept != null && accept.contains("text/html");
    }

    /**
     * Whether a browser that is sent to sign in can come back to the same: with the address of a page, and not with a form, which the pages' own policy
     * lets go nowhere else (the browser then stands still and says nothing), nor with a stream.
     */
    static boolean canComeBack(RoutingContext context) {
        var method = context.request().method();
        var accept = context.request().getHeader("Accept");
        return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
                && (accept == null || !accept.contains("text/event-stream"));
    }
}

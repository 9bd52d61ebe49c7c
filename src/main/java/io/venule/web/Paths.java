package io.venule.web;

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
}

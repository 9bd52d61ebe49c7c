package io.venule.web;

import io.vertx.ext.web.RoutingContext;

/** The path of a request, without query. */
final class Paths {
    private Paths() {}

    static String of(RoutingContext context) {
        var path = context.request().path();
        return path == null ? "/" : path;
    }
}

package io.venule.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Puts the security and cache headers on every answer. The API page is the only one with a looser policy, since its scripts are inline. */
@Singleton
final class SecurityHeaders {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String API_PAGE_POLICY =
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    private static final int BEFORE_AUTHENTICATION = 1_000;

    private final WebSettings settings;

    SecurityHeaders(WebSettings settings) {
        this.settings = settings;
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.addHeadersEndHandler(ignored -> write(context));
                    context.next();
                },
                BEFORE_AUTHENTICATION);
    }

    private void write(RoutingContext context) {
        var headers = context.response().headers();
        var path = Paths.of(context);
        headers.set("Content-Security-Policy", path.startsWith("/q/swagger-ui") ? API_PAGE_POLICY : POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()");
        if (settings.strictTransport()) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}

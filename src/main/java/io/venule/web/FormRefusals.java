package io.venule.web;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** The protection of forms refuses with a bare status; people are told what it means and what to do. */
@Singleton
final class FormRefusals {
    /** Looked up when needed: filters are made before the installation's settings are read. */
    private final Instance<Problems> problems;

    FormRefusals(Instance<Problems> problems) {
        this.problems = problems;
    }

    @ServerResponseFilter
    void explain(ContainerResponseContext response, RoutingContext context) {
        if (response.getStatus() == 400 && !response.hasEntity() && Paths.forPeople(context)) {
            response.setEntity(problems.get().rendered(ProblemType.FORM_EXPIRED), null, MediaType.TEXT_HTML_TYPE);
        }
    }
}

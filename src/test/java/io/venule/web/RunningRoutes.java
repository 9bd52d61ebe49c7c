package io.venule.web;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.impl.RouteImpl;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/** Every route that the running application has, read from the application itself: resources first, then what extensions put beside them. */
final class RunningRoutes {
    private RunningRoutes() {}

    /** A method and an address with its placeholders. */
    record Route(String method, String path) implements Comparable<Route> {
        @Override
        public int compareTo(Route other) {
            int byPath = path.compareTo(other.path);
            return byPath != 0 ? byPath : method.compareTo(other.method);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** The routes of pages and REST resources. */
    static Set<Route> resources() {
        var routes = new TreeSet<Route>();
        for (var start : ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers()) {
            for (var handler : start.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    routing.getMappers().values().stream()
                            .map(mapper -> mapper.getTemplates())
                            .flatMap(Collection::stream)
                            .map(template -> route(template.value))
                            .forEach(routes::add);
                }
            }
        }
        return routes;
    }

    private static Route route(RuntimeResource resource) {
        var path = (resource.getClassPath().template + "/" + resource.getPath().template).replaceAll("/+", "/");
        var plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new Route(resource.getHttpMethod() == null ? "ANY" : resource.getHttpMethod(), plain);
    }

    /** What is beside the resources: health, metrics, the description of the API, static files, and what answers everything else. */
    static Set<Route> beside(Router router) {
        var routes = new TreeSet<Route>();
        collect(router, "", routes);
        return routes;
    }

    private static void collect(Router router, String mount, Set<Route> routes) {
        for (var route : router.getRoutes()) {
            if (route.getPath() == null) {
                continue; // a filter before or after all routes
            }
            var path = mount + route.getPath().replaceAll("/\\*$", "") + (route.isExactPath() ? "" : "/*");
            var inside = mountedOn(route);
            if (inside.isPresent()) {
                collect(inside.get(), mount + route.getPath().replaceAll("/\\*?$", ""), routes);
                continue;
            }
            routes.add(new Route("ANY", path.replaceAll("/+", "/")));
        }
    }

    /** Vert.x does not say which router is mounted on a route, so the mounting handler is asked for what it holds. */
    private static Optional<Router> mountedOn(io.vertx.ext.web.Route route) {
        try {
            var state = RouteImpl.class.getDeclaredMethod("state");
            state.setAccessible(true);
            var handlers = state.invoke(route).getClass().getMethod("getContextHandlers");
            handlers.setAccessible(true);
            if (handlers.invoke(state.invoke(route)) instanceof List<?> all) {
                for (var handler : all) {
                    for (var field : handler.getClass().getDeclaredFields()) {
                        if (Router.class.isAssignableFrom(field.getType())) {
                            field.setAccessible(true);
                            return Optional.of((Router) field.get(handler));
                        }
                    }
                }
            }
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Vert.x changed inside; look for another way to its mounted routers", e);
        }
    }
}

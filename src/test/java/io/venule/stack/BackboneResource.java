package io.venule.stack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Starts a {@link Backbone} around a {@code @QuarkusTest} and gives the application its settings: nobody signs in there. */
public final class BackboneResource implements QuarkusTestResourceLifecycleManager {
    private static final Map<String, String> NO_SIGN_IN =
            Map.of("quarkus.oidc.tenant-enabled", "false", "quarkus.oidc.api.tenant-enabled", "false");

    private Optional<Backbone> backbone = Optional.empty();

    @Override
    public Map<String, String> start() {
        try {
            var started = Backbone.start();
            backbone = Optional.of(started);
            var settings = new HashMap<>(NO_SIGN_IN);
            settings.putAll(started.settings());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        backbone.ifPresent(started -> {
            try {
                started.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}

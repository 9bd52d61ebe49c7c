package io.venule.stack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Starts a {@link Backbone} around a {@code @QuarkusTest} and gives the application its settings. */
public final class BackboneResource implements QuarkusTestResourceLifecycleManager {
    private Optional<Backbone> backbone = Optional.empty();

    @Override
    public Map<String, String> start() {
        try {
            var started = Backbone.start();
            backbone = Optional.of(started);
            return started.settings();
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

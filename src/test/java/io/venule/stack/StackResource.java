package io.venule.stack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.venule.simulator.FleetPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The embedded stack for {@code @QuarkusTest} integration tests: {@code @WithTestResource(StackResource.class)}. A field of type
 * {@link VenuleStack} in the test class receives the running stack.
 */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
    /** Three single pumps and a rack of four, an hour in half a minute. */
    private static final FleetPlan FLEET = FleetPlan.ofPumps(4).faster(120);

    private @Nullable VenuleStack stack;

    @Override
    public Map<String, String> start() {
        try {
            var started = VenuleStack.start(RunFolder.forTests(), VenuleStack.freePort(), FLEET);
            stack = started;
            var settings = new TreeMap<>(started.settings());
            settings.put("quarkus.http.test-port", settings.get("quarkus.http.port"));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the stack started", e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(stack, field -> field.getType().getName().equals(VenuleStack.class.getName()));
    }

    @Override
    public void stop() {
        if (stack == null) {
            return;
        }
        try {
            stack.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

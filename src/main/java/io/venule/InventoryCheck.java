package io.venule;

import io.quarkus.runtime.StartupEvent;
import io.venule.order.Fleet;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Looks into the inventory at start, before a pump is called or a page is served, and refuses simulated pumps in clinical mode. */
@Singleton
final class InventoryCheck {
    /** Before every observer that leaves it at the default. */
    private static final int FIRST = 1;

    private final VenuleSettings settings;
    private final Fleet fleet;

    InventoryCheck(VenuleSettings settings, Fleet fleet) {
        this.settings = settings;
        this.fleet = fleet;
    }

    void atStart(@Observes @Priority(FIRST) StartupEvent event) {
        var reasons = ClinicalCheck.simulatedPumps(settings.mode(), fleet.pumps());
        if (!reasons.isEmpty()) {
            throw new StartRefused(reasons);
        }
    }
}

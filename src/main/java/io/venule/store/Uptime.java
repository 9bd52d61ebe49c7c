package io.venule.store;

import java.time.Duration;

/** Time that only passes: no setting of the clock, no leap second and no lying time server moves it. For whatever is due after a while. Threat T-50. */
@FunctionalInterface
interface Uptime {
    /** Since some instant that stays the same for this process. */
    Duration now();
}

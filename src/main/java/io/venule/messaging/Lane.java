package io.venule.messaging;

/** The two ways to a gateway: orders in line, and stops past all of them. Threat T-32, promise P-07. */
enum Lane {
    ORDERS("venule.orders.", 4),
    STOPS("venule.stops.", 9);

    private final String prefix;
    private final int priority;

    Lane(String prefix, int priority) {
        this.prefix = prefix;
        this.priority = priority;
    }

    /** The queue of a gateway for this lane. */
    String address(String gateway) {
        return prefix + gateway;
    }

    /** The message priority: where a broker shares its threads between queues, a stop is still first. */
    int priority() {
        return priority;
    }
}

package io.venule.simulation;

/** Carries messages: some are lost, some come twice, some late, and so in another order than they were sent. */
final class Network {
    private final Scheduler scheduler;
    private final Weather weather;

    Network(Scheduler scheduler, Weather weather) {
        this.scheduler = scheduler;
        this.weather = weather;
    }

    void send(Runnable delivery) {
        if (weather.losesMessage()) {
            return;
        }
        scheduler.in(weather.delay(), delivery);
        if (weather.doublesMessage()) {
            scheduler.in(weather.delay(), delivery);
        }
    }

    /** To the queue of a process, where it waits while the process is down, until its time is over; an answer that is void is dropped. */
    void enqueue(Replica receiver, long until, Runnable delivery) {
        send(() -> arrive(receiver, until, delivery));
    }

    private void arrive(Replica receiver, long until, Runnable delivery) {
        if (scheduler.now() >= until) {
            return;
        }
        if (!receiver.isUp()) {
            scheduler.in(400, () -> arrive(receiver, until, delivery));
            return;
        }
        receiver.in(0, delivery);
    }
}

package io.venule.stack;

import io.venule.pump.PumpSerial;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody on the ward opens and shuts the door of each pump's last channel, over and over: every time is a record. */
final class Doors implements AutoCloseable {
    private static final int CHANNEL = 4;
    private static final long PAUSE_MILLIS = 20;

    private final VenuleStack stack;
    private final Map<PumpSerial, Integer> pressed = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    Doors(VenuleStack stack) {
        this.stack = stack;
        this.thread = Thread.ofVirtual().name("doors").start(this::press);
    }

    private void press() {
        try {
            for (int round = 0; stopping.getCount() > 0; round++) {
                for (var pump : stack.pumps()) {
                    new FrontPanelClient(pump.panel())
                            .press(CHANNEL, "door", Map.of("open", round % 2 == 0 ? "yes" : "no"));
                    pressed.merge(pump.enrolment().serial(), 1, Integer::sum);
                    if (stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a door is stuck", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often the door of each pump was moved. */
    Map<PumpSerial, Integer> pressed() {
        return Map.copyOf(pressed);
    }

    void stop() {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}

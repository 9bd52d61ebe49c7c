package io.venule.simulator;

import io.venule.pump.ChannelState;
import java.util.List;
import java.util.Set;

/** What a pump shows of itself at one moment. Rates and volumes are canonical decimals in mL/h and mL. */
record PumpView(
        int batteryPercent,
        boolean onMains,
        String epoch,
        long libraryCounter,
        String librarySha256,
        long wallClock,
        List<Channel> channels) {

    PumpView {
        channels = List.copyOf(channels);
    }

    Channel channel(int number) {
        return channels.get(number - 1);
    }

    /**
     * One channel's display.
     *
     * @param programmed the rate it is set to; {@code rate} is what it delivers now
     * @param change a change of rate that waits for START while the infusion goes on; empty where none does
     * @param bolus how far a bolus is that is being given; empty where none is
     * @param stopAsked who wants it stopped and why; the infusion goes on until STOP is pressed; empty where nobody does
     * @param startBefore milliseconds until what waits is dropped; 0 when nothing does
     */
    record Channel(
            int number,
            ChannelState state,
            String drug,
            String dose,
            String concentration,
            String rate,
            String programmed,
            String vtbi,
            String infused,
            String remaining,
            String orderId,
            String nurse,
            String override,
            String change,
            String bolus,
            String stopAsked,
            long startBefore,
            long stateVersion,
            boolean doorOpen,
            Set<String> alarms) {
        Channel {
            alarms = Set.copyOf(alarms);
        }
    }
}

package io.venule.simulator;

import io.venule.pump.PumpModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which pumps to simulate, and how fast fluid flows in them.
 *
 * @param singles pumps with one channel
 * @param racks racks of four channels
 * @param factor how many times faster than real time volume is delivered, from 1
 * @param rackChannels of each rack
 * @param data the folder where pumps keep keys and records over restarts; empty for none
 * @param wards the wards that pumps stand in, one pump after the other; {@code *} for no named one
 */
public record FleetPlan(int singles, int racks, int rackChannels, int factor, Optional<Path> data, List<String> wards) {
    private static final int RACK_CHANNELS = 4;
    private static final List<PumpModel> PATTERN = List.of(
            PumpModel.LARGE_VOLUME,
            PumpModel.LARGE_VOLUME,
            PumpModel.SYRINGE,
            PumpModel.LARGE_VOLUME,
            PumpModel.SYRINGE,
            PumpModel.LARGE_VOLUME,
            PumpModel.LARGE_VOLUME,
            PumpModel.SYRINGE);

    public FleetPlan(int singles, int racks, int factor, Optional<Path> data) {
        this(singles, racks, RACK_CHANNELS, factor, data, List.of("*"));
    }

    public FleetPlan {
        wards = List.copyOf(wards);
        if (singles < 0 || racks < 0 || singles + racks < 1 || factor < 1) {
            throw new IllegalArgumentException("a fleet has pumps, and time does not stand still");
        }
    }

    /** Eight single pumps, five of them large-volume and three syringe pumps, and one rack of four: twelve channels in real time. */
    public static FleetPlan standard() {
        return new FleetPlan(8, 1, 1, Optional.empty());
    }

    /** As many pumps as asked for, the last one a rack where there are at least four. */
    public static FleetPlan ofPumps(int pumps) {
        return pumps < RACK_CHANNELS
                ? new FleetPlan(pumps, 0, 1, Optional.empty())
                : new FleetPlan(pumps - 1, 1, 1, Optional.empty());
    }

    /** Racks alone, of so many channels each. */
    public static FleetPlan ofRacks(int racks, int channels) {
        return new FleetPlan(0, racks, channels, 1, Optional.empty(), List.of("*"));
    }

    /** How many channels infuse, each of them a pump to the ward. */
    public int channels() {
        return singles + racks * rackChannels;
    }

    public FleetPlan faster(int times) {
        return new FleetPlan(singles, racks, rackChannels, times, data, wards);
    }

    public FleetPlan keptIn(Path folder) {
        return new FleetPlan(singles, racks, rackChannels, factor, Optional.of(folder), wards);
    }

    public FleetPlan inWards(List<String> names) {
        return new FleetPlan(singles, racks, rackChannels, factor, data, names);
    }

    private String ward(int pump) {
        return wards.get(pump % wards.size());
    }

    List<PumpPlate> plates() {
        var plates = new ArrayList<PumpPlate>();
        for (int i = 0; i < singles; i++) {
            var model = PATTERN.get(i % PATTERN.size());
            var prefix = model.equals(PumpModel.SYRINGE) ? "SY" : "LV";
            plates.add(
                    PumpPlate.of("%s-%05d".formatted(prefix, i + 1), "A%04d".formatted(1_001 + i), model, 1, ward(i)));
        }
        for (int i = 0; i < racks; i++) {
            plates.add(PumpPlate.of(
                    "RK-%05d".formatted(singles + i + 1),
                    "A%04d".formatted(1_001 + singles + i),
                    PumpModel.LARGE_VOLUME,
                    rackChannels,
                    ward(singles + i)));
        }
        return List.copyOf(plates);
    }
}

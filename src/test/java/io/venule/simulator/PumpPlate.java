package io.venule.simulator;

import io.venule.pump.PumpModel;

/** A simulated pump's nameplate and what it is built for. */
record PumpPlate(
        String serial,
        String assetId,
        PumpModel pumpModel,
        int channels,
        String ward,
        String manufacturer,
        String software) {
    static PumpPlate of(String serial, String assetId, PumpModel model, int channels) {
        return of(serial, assetId, model, channels, "*");
    }

    static PumpPlate of(String serial, String assetId, PumpModel model, int channels, String ward) {
        return new PumpPlate(serial, assetId, model, channels, ward, "Venule simulator", "1.0.0");
    }

    String model() {
        return pumpModel.name();
    }
}

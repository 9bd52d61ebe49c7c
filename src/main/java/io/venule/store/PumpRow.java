package io.venule.store;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.stream.Stream;

/** A pump of the inventory as kept. */
@Entity
@Table(name = "enrolled_pump")
class PumpRow {
    @Id
    String serial;

    @Column(name = "asset_id")
    String assetId;

    @Column(name = "model")
    String model;

    @Column(name = "channels")
    int channels;

    @Column(name = "endpoint")
    String endpoint;

    @Column(name = "certificate")
    String certificate;

    @Column(name = "record_key")
    String recordKey;

    @Column(name = "simulated")
    boolean simulated;

    @Column(name = "ward")
    String ward;

    /** For Hibernate, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    PumpRow() {}

    PumpRow(EnrolledPump pump) {
        serial = pump.serial().value();
        assetId = pump.assetId();
        model = pump.model().name();
        channels = pump.channels();
        endpoint = pump.endpoint();
        certificate = pump.certificate();
        recordKey = pump.recordKey();
        simulated = pump.simulated();
        ward = pump.ward();
    }

    EnrolledPump pump() {
        var ofModel = Stream.of(PumpModel.LARGE_VOLUME, PumpModel.SYRINGE)
                .filter(known -> known.name().equals(model))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("pump " + serial + " is of an unknown model"));
        return new EnrolledPump(
                new PumpSerial(serial), assetId, ofModel, channels, endpoint, certificate, recordKey, simulated, ward);
    }
}

package io.venule.bench;

import org.junit.jupiter.api.Test;

/**
 * {@code ops/bench pumps}: signatures, refused handshakes, and sessions with many pumps over real OPC UA, each beside its bare parts in the same run. Named so
 * that no test run takes it along. Writes {@code target/bench/pumps.json}.
 */
class PumpsBench {
    private static final String PARTS =
            System.getProperty("bench.parts", "signatures,sessions,handshakes,idle,racks,parted");
    /** A signed order is about as long. */
    private static final int ORDER = 2_000;

    @Test
    void measures() throws Exception {
        Figures.logAsTheProduct();
        var figures = new Figures("pumps");
        if (PARTS.contains("signatures")) {
            new SignatureFigures(ORDER).measure(figures);
        }
        if (PARTS.contains("sessions")) {
            new SessionFigures().measure(figures);
        }
        if (PARTS.contains("handshakes")) {
            new HandshakeFigures().measure(figures);
        }
        if (PARTS.contains("idle")) {
            IdleFigures.ofPumps().measure(figures);
        }
        if (PARTS.contains("racks")) {
            IdleFigures.ofRacks().measure(figures);
        }
        if (PARTS.contains("parted")) {
            new PartedFigures().measure(figures);
        }
        figures.write();
    }
}

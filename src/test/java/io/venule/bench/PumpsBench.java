package io.venule.bench;

import org.junit.jupiter.api.Test;

/**
 * {@code ops/bench pumps}: signatures, and sessions with many pumps over real OPC UA, each beside its bare parts in the same run. Named so
 * that no test run takes it along. Writes {@code target/bench/pumps.json}.
 */
class PumpsBench {
    /** A signed order is about as long. */
    private static final int ORDER = 2_000;

    @Test
    void measures() throws Exception {
        var figures = new Figures("pumps");
        new SignatureFigures(ORDER).measure(figures);
        new SessionFigures().measure(figures);
        new IdleFigures().measure(figures);
        figures.write();
    }
}

package io.venule.simulator;

import java.util.function.LongSupplier;

/**
 * A client's session with a simulated pump, as the pump sees it.
 *
 * @param calls how many method calls it has made so far, also after the session has ended
 */
public record PumpClient(String session, LongSupplier calls) {}

package io.venule.simulator;

import io.venule.pump.EnrolledPump;
import java.net.URI;

/**
 * One pump of a simulated fleet.
 *
 * @param enrolment what biomedical engineering writes down about it
 * @param panel the page with its display and keys
 */
public record FleetPump(EnrolledPump enrolment, URI panel) {}

package io.venule.order;

import io.venule.pump.PumpSerial;

/**
 * The right of one server to hold the session with one pump. The number says which of two rights is newer: it only rises, for each pump, and
 * is in every order that goes by this lease, so that the pump refuses what an earlier holder sends late. Source: pump contract, "Order".
 *
 * @param holder the life of the server that has it
 * @param number the fencing number
 */
public record PumpLease(PumpSerial pump, ReplicaLife holder, long number) {}

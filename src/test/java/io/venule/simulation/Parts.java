package io.venule.simulation;

import io.venule.audit.AuditEntry;
import io.venule.opcua.SessionWithoutWire;
import io.venule.opcua.SessionWithoutWire.Answer;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders;
import io.venule.order.PumpLink;
import io.venule.order.PumpRecords;
import io.venule.order.SignedOrder;
import io.venule.pump.PumpEvent;
import io.venule.pump.Receipt;
import io.venule.simulator.BarePump;
import io.venule.simulator.NegligentJudge;
import java.time.Duration;
import java.util.List;

/** The places where a test may put something broken between the parts of a run; as it stands, everything is sound. */
interface Parts {
    Parts SOUND = new Parts() {};

    /** Who decides about orders in the pumps. */
    default NegligentJudge judge() {
        return NegligentJudge.NONE;
    }

    default Orders orders(Orders real, Database database, Replica process) {
        return real;
    }

    default PumpRecords records(PumpRecords real, Database database) {
        return real;
    }

    default PumpLink link(PumpLink real) {
        return real;
    }

    /** What of the entries of a transaction gets into the log. */
    default List<AuditEntry> recorded(List<AuditEntry> entries) {
        return entries;
    }

    /** The number of a lease that passes to another process. */
    default long nextFencing(long last) {
        return last + 1;
    }

    /** What a record of its pump makes of an order. */
    default OrderState after(OrderView order, PumpEvent event) {
        return order.after(event);
    }

    /** Whether a second change of the same infusion is kept while the first is open. */
    default boolean letsChangesMeet() {
        return false;
    }

    /** Whether a tap that was sent before is taken for a new one. */
    default boolean forgetsTaps() {
        return false;
    }

    /** Whether a process sends nothing to a pump of which it knows that it is out of use. */
    default boolean honoursQuarantines() {
        return true;
    }

    /** Whether a process asks the record which pumps are out of use. */
    default boolean asksForQuarantines() {
        return true;
    }

    /** The keys that a process signs with. */
    default KeysOnPaper.Standing mayUse(KeysOnPaper.Standing keys) {
        return keys;
    }

    /** The keys that a gateway believes what comes out of the queue under. */
    default KeysOnPaper.Standing believed(KeysOnPaper.Standing keys) {
        return keys;
    }

    /** What a pump does with a list of revoked keys. */
    default String revoke(BarePump pump, String list) {
        return pump.revoke(list);
    }

    /** What a pump's answer to an order says, if it is believed. */
    default Answer<Receipt> answer(SessionWithoutWire session, SignedOrder order, String text) {
        return session.answerTo(order, text);
    }

    /** What a pump does right after it has answered an order, with nobody there. */
    default void answered(BarePump pump, int channel) {}

    /** The clock by which a process counts how long an order has gone unanswered. */
    default Duration uptime(Replica process) {
        return Duration.ofMillis(process.uptime());
    }

    /** Whether a pump's wrong answer counts as found; a test that wants to see harm done says no. */
    default boolean answersAreCompared() {
        return true;
    }
}

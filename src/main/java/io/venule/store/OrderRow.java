package io.venule.store;

import io.venule.order.OrderId;
import io.venule.order.OrderOp;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Orders.Approval;
import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.staff.SubjectId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An order as kept; only its state ever changes. */
@Entity
@Table(name = "infusion_order")
class OrderRow {
    @Id
    String id;

    @Column(name = "submission", updatable = false)
    String submission;

    @Column(name = "state")
    String state;

    @Column(name = "state_detail")
    String stateDetail;

    @Column(name = "prescription", updatable = false)
    String prescription;

    @Column(name = "pump", updatable = false)
    String pump;

    @Column(name = "channel", updatable = false)
    int channel;

    @Column(name = "patient", updatable = false)
    String patient;

    @Column(name = "patient_hash", updatable = false)
    String patientHash;

    @Column(name = "drug", updatable = false)
    String drug;

    @Column(name = "dose", updatable = false)
    String dose;

    @Column(name = "rate_ul_per_h", updatable = false)
    long rate;

    @Column(name = "vtbi_ul", updatable = false)
    long toInfuse;

    @Column(name = "override_reason", updatable = false)
    String override;

    @Column(name = "nurse", updatable = false)
    String nurse;

    @Column(name = "nurse_name", updatable = false)
    String nurseName;

    @Column(name = "approved_at", updatable = false)
    Instant approvedAt;

    @Column(name = "expires_at", updatable = false)
    Instant expiresAt;

    @Column(name = "signed", updatable = false)
    String signed;

    @Column(name = "pairing", updatable = false)
    String pairing;

    @Column(name = "bag", updatable = false)
    String bag;

    @Column(name = "bag_has_serial", updatable = false)
    boolean bagHasSerial;

    @Column(name = "op", updatable = false)
    String op;

    /** The running order that this one changes; empty for a program. */
    @Column(name = "target", updatable = false)
    String target;

    /** For Hibernate, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    OrderRow() {}

    /**
     * @param patient the patient's id as this store keeps it
     * @param signed the exact signed text
     */
    OrderRow(Approval approval, String patient, String signed) {
        this(approval.order(), patient, signed);
        var paired = approval.paired();
        pairing = paired.id().value();
        bag = paired.bagIdentity();
        bagHasSerial = !paired.bag().serial().isEmpty();
    }

    /** A change: its pairing is its own, because its target's is used; it uses no bag. */
    static OrderRow ofChange(OrderView change, String patient, String signed) {
        var row = new OrderRow(change, patient, signed);
        row.pairing = change.id().value();
        row.bag = "";
        row.bagHasSerial = false;
        return row;
    }

    @SuppressWarnings("NullAway.Init")
    private OrderRow(OrderView order, String patient, String signed) {
        id = order.id().value();
        submission = order.submission();
        state = order.state().name();
        stateDetail = OrderStates.detail(order.state());
        prescription = order.prescription().value();
        pump = order.channel().pump().value();
        channel = order.channel().channel();
        this.patient = patient;
        patientHash = order.patientHash();
        drug = order.drug();
        dose = order.dose();
        rate = order.rate().microlitresPerHour();
        toInfuse = order.toInfuse().microlitres();
        override = order.override();
        nurse = order.nurse().value();
        nurseName = order.nurseName();
        approvedAt = order.approvedAt();
        expiresAt = order.expiresAt();
        this.signed = signed;
        op = order.op().name();
        target = order.target();
    }

    OrderState state() {
        return OrderStates.read(state, stateDetail);
    }

    void moveTo(OrderState to) {
        state = to.name();
        stateDetail = OrderStates.detail(to);
    }

    OrderView view() {
        return new OrderView(
                new OrderId(id),
                submission,
                state(),
                new PrescriptionId(prescription),
                new ChannelId(new PumpSerial(pump), channel),
                patientHash,
                drug,
                dose,
                new FlowRate(rate),
                new Volume(toInfuse),
                override,
                new SubjectId(nurse),
                nurseName,
                approvedAt,
                expiresAt,
                signed,
                OrderOp.valueOf(op),
                target);
    }
}

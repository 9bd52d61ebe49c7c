package io.venule.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.EndForm;
import io.venule.order.Ended;
import io.venule.order.Fleet;
import io.venule.order.OrderId;
import io.venule.order.OwedRecord;
import io.venule.order.StopDesk;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LiveChannels;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.SigningKey;
import io.venule.stack.BackboneResource;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The record does not answer, and an order is taken back all the same; what is owed is entered when it answers. T-46; decision 8. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
@TestProfile(ArtemisPumpLinkIT.WithRecordingPump.class)
class StopWithoutRecordIT {
    private static final ChannelId CHANNEL = new ChannelId(new PumpSerial("VP-0007"), 1);
    private static final OrderId ORDER = new OrderId("7".repeat(32));

    @Inject
    StopDesk desk;

    @Inject
    OwedRecord owed;

    @Inject
    Fleet fleet;

    @Inject
    LiveChannels channels;

    @Inject
    AuditLog log;

    @Inject
    AgroalDataSource database;

    @Inject
    @Identifier(OrderGateway.LOCAL)
    RecordingPump pump;

    @Inject
    InstantSource clock;

    private final StaffMember nurse = new StaffMember(
            new SubjectId("subject-nurse"),
            "Nina Nurse",
            Set.of(Role.NURSE),
            new SignIn(InstantSource.system().instant(), "1"));

    @BeforeEach
    void enrol() {
        var key = SigningKey.generate(new SecureRandom()).verifyingKey().base64url();
        fleet.enrol(
                new EnrolledPump(
                        CHANNEL.pump(), "A-7", PumpModel.LARGE_VOLUME, 1, "opc.tcp://localhost:1/pump", "", key, true),
                AuditEntry.bySystem(AuditKind.PUMP_ENROLLED, clock.instant())
                        .with("name", "Test")
                        .with("address", "127.0.0.1")
                        .with("assetId", "A-7")
                        .with("recordKey", key));
        channels.report(new ChannelStatus(
                CHANNEL,
                ChannelState.ORDER_PENDING,
                "",
                new FlowRate(0),
                Volume.ZERO,
                Volume.ZERO,
                ORDER.value(),
                1,
                clock.instant()));
    }

    private Ended takeBack() {
        return desk.end(new EndForm(ORDER, EndForm.What.CANCEL, EndForm.Reason.NOT_NEEDED), nurse);
    }

    @Test
    void a_record_that_answers_holds_it_before_and_after() {
        assertThat(takeBack()).isEqualTo(new Ended.Done(true));
        assertThat(log.ofOrder(ORDER.value()))
                .extracting(logged -> logged.entry().kind())
                .endsWith(AuditKind.STOP_ASKED, AuditKind.STOP_TAKEN);
    }

    @Test
    void a_record_that_hangs_keeps_nobody_from_stopping_and_gets_what_it_is_owed() throws SQLException {
        takeBack();
        var entries = log.ofOrder(ORDER.value()).size();
        var sent = pump.delivered().size();

        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT size FROM audit_head FOR UPDATE");
            var from = System.nanoTime();

            var ended = takeBack();

            assertThat(ended).isEqualTo(new Ended.Done(false));
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
            assertThat(pump.delivered()).hasSize(sent + 1);
            assertThat(log.ofOrder(ORDER.value())).hasSize(entries);
            connection.rollback();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> owed.owed() == 0);
        assertThat(log.ofOrder(ORDER.value()).subList(entries, entries + 2))
                .extracting(logged -> logged.entry().kind())
                .containsExactly(AuditKind.STOP_ASKED, AuditKind.STOP_TAKEN);
    }
}

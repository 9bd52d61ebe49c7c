package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.AuditEntry;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.signing.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What orders are addressed with: each pump by its own key, whatever the inventory holds of another. */
class EnrolledKeysTest {
    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());
    private static final PumpSerial GOOD = new PumpSerial("LV-00002");
    private static final PumpSerial BAD = new PumpSerial("LV-00001");

    private final EnrolledKeys keys = new EnrolledKeys(new Inventory(
            List.of(pump(BAD, "none"), pump(GOOD, KEY.verifyingKey().base64url()))));

    @Test
    void a_pump_whose_key_is_none_keeps_no_other_from_its_orders() {
        keys.refresh();

        assertThat(keys.wardOf(GOOD)).isEqualTo("ICU");
        assertThat(keys.hashOf(GOOD)).isEqualTo(KEY.verifyingKey().fingerprint().hex());
    }

    @Test
    void no_order_is_addressed_to_it_itself() {
        assertThatThrownBy(() -> keys.hashOf(BAD)).isInstanceOf(IllegalStateException.class);
        assertThat(keys.wardOf(BAD)).isEqualTo(EnrolledPump.NO_WARD);
    }

    private static EnrolledPump pump(PumpSerial serial, String recordKey) {
        return new EnrolledPump(
                serial, "A1", PumpModel.LARGE_VOLUME, 1, "opc.tcp://pump:4840/pump", "PEM", recordKey, true, "ICU");
    }

    private record Inventory(List<EnrolledPump> pumps) implements Fleet {
        @Override
        public void enrol(EnrolledPump pump, AuditEntry entry) {
            throw new UnsupportedOperationException("not in these tests");
        }
    }
}

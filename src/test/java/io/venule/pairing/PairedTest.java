package io.venule.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PairedTest {
    @Test
    void a_pairing_id_is_32_lower_case_hexadecimal_digits() {
        assertThat(new PairingId("0123456789abcdef0123456789abcdef")).hasToString("0123456789abcdef0123456789abcdef");
        assertThatThrownBy(() -> new PairingId("0123456789ABCDEF0123456789ABCDEF"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PairingId("0123456789abcdef0123456789abcde"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

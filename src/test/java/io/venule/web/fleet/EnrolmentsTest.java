package io.venule.web.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.signing.SigningKey;
import io.venule.simulator.ExampleFiles;
import io.venule.web.ProblemsFixture;
import io.venule.web.Refused;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnrolmentsTest {
    @Test
    void in_clinical_mode_a_simulated_pump_is_refused_by_its_own_type() {
        assertThatThrownBy(() -> in("clinical").read(form(true)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("simulated-pump: Pump SIM-0001");
    }

    @Test
    void the_mode_s_letters_may_be_large_or_small() {
        assertThatThrownBy(() -> in("Clinical").read(form(true))).isInstanceOf(Refused.class);
    }

    @Test
    void in_clinical_mode_a_real_pump_is_enrolled() {
        assertThat(in("clinical").read(form(false)).simulated()).isFalse();
        assertThat(in("clinical").read(form(null)).simulated()).isFalse();
    }

    @Test
    void in_training_a_simulated_pump_is_enrolled_as_one() {
        assertThat(in("training").read(form(true)).simulated()).isTrue();
    }

    @Test
    void in_clinical_mode_a_pump_with_a_published_record_key_is_refused() {
        var known = ExampleFiles.recordKey().base64url();

        assertThatThrownBy(() -> in("clinical").read(form(false, known)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("a test key that everybody knows");
        assertThat(in("training").read(form(false, known)).recordKey()).isEqualTo(known);
    }

    @Test
    void a_record_key_that_is_none_is_refused_in_every_mode() {
        assertThatThrownBy(() -> in("clinical").read(form(false, "key"))).hasMessageContaining("recordKey");
        assertThatThrownBy(() -> in("training").read(form(true, "key"))).hasMessageContaining("recordKey");
    }

    private static Enrolments in(String mode) {
        return new Enrolments(ProblemsFixture.members(), ProblemsFixture.problems(), mode);
    }

    private static Enrolments.Form form(@Nullable Boolean simulated) {
        return form(
                simulated,
                SigningKey.generate(new SecureRandom()).verifyingKey().base64url());
    }

    private static Enrolments.Form form(@Nullable Boolean simulated, String recordKey) {
        return new Enrolments.Form(
                "SIM-0001", "A-1", "syringe", 1, "opc.tcp://pump.hospital.org:4840", "PEM", recordKey, simulated, null);
    }
}

package io.venule.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.pairing.PairingRequest.Choice;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.ChannelState;
import io.venule.pump.PumpModel;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Dose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** T-56, T-58. */
class PairingCheckTest {
    private final Bedside bedside = new Bedside();

    private Paired paired() {
        assertThat(bedside.check()).isInstanceOf(Pairing.Matched.class);
        return ((Pairing.Matched) bedside.check()).paired();
    }

    @Nested
    class Evidence {
        @Test
        void what_belongs_together_is_paired_for_ten_minutes() {
            var paired = paired();

            assertThat(paired.patient().id()).isEqualTo(Bedside.PATIENT);
            assertThat(paired.prescription()).isEqualTo(bedside.order());
            assertThat(paired.channel()).isEqualTo(Bedside.CHANNEL);
            assertThat(paired.pump()).isEqualTo(PumpModel.LARGE_VOLUME);
            assertThat(paired.entry().id()).isEqualTo("dopamine/adult-icu/standard");
            assertThat(paired.bagIdentity()).isEqualTo("prescription:RX-1001|C2611A|2026-11-30|0001");
            assertThat(paired.expires()).isEqualTo(Bedside.NOW.plus(Duration.ofMinutes(10)));
            assertThat(paired).hasToString("pairing 0123456789abcdef0123456789abcdef");
        }

        @Test
        void a_pairing_holds_from_its_instant_until_just_before_its_expiry() {
            var paired = paired();

            assertThat(paired.validAt(Bedside.NOW.minusMillis(1))).isFalse();
            assertThat(paired.validAt(Bedside.NOW)).isTrue();
            assertThat(paired.validAt(paired.expires().minusMillis(1))).isTrue();
            assertThat(paired.validAt(paired.expires())).isFalse();
        }

        @Test
        void a_pairing_ends_with_its_prescription() {
            bedside.until = Bedside.NOW.plusSeconds(60);

            assertThat(paired().expires()).isEqualTo(bedside.until);
        }

        @Test
        void a_pairing_ends_with_the_bag_s_last_day() {
            bedside.expiry = Bedside.TODAY;

            assertThat(paired().expires()).isEqualTo(Bedside.NOW.plus(Duration.ofMinutes(10)));
            assertThat(PairingCheck.check(bedside.request(), bedside.facts(), termsAt("2026-11-21T22:55:00Z")))
                    .isInstanceOf(Pairing.Mispaired.class);
            bedside.until = Instant.parse("2026-11-22T12:00:00Z");
            bedside.signedIn = Instant.parse("2026-11-21T22:00:00Z");
            assertThat(PairingCheck.check(bedside.request(), bedside.facts(), termsAt("2026-11-21T22:55:00Z")))
                    .isInstanceOfSatisfying(
                            Pairing.Matched.class,
                            matched -> assertThat(matched.paired().expires())
                                    .isEqualTo(Instant.parse("2026-11-21T23:00:00Z")));
        }

        private PairingTerms termsAt(String now) {
            var terms = bedside.terms();
            return new PairingTerms(terms.id(), Instant.parse(now), terms.lease(), terms.signInAtMost(), terms.zone());
        }
    }

    @Nested
    class Boundaries {
        @Test
        void a_bag_may_be_used_on_its_last_day_and_not_on_the_next() {
            bedside.expiry = Bedside.TODAY.plusDays(1);
            assertThat(bedside.codes()).isEmpty();
            bedside.expiry = Bedside.TODAY;
            assertThat(bedside.codes()).isEmpty();
            bedside.expiry = Bedside.TODAY.minusDays(1);
            assertThat(bedside.codes()).containsExactly("BagExpired");
        }

        @Test
        void a_prescription_may_be_started_from_its_first_instant() {
            bedside.from = Bedside.NOW.minusMillis(1);
            assertThat(bedside.codes()).isEmpty();
            bedside.from = Bedside.NOW;
            assertThat(bedside.codes()).isEmpty();
            bedside.from = Bedside.NOW.plusMillis(1);
            assertThat(bedside.codes()).containsExactly("TooEarly");
        }

        @Test
        void a_prescription_may_be_started_until_just_before_its_end() {
            bedside.until = Bedside.NOW.plusMillis(1);
            assertThat(bedside.codes()).isEmpty();
            bedside.until = Bedside.NOW;
            assertThat(bedside.codes()).containsExactly("TooLate");
            bedside.until = Bedside.NOW.minusMillis(1);
            assertThat(bedside.codes()).containsExactly("TooLate");
        }

        @Test
        void a_sign_in_counts_for_eight_hours() {
            bedside.signedIn = Bedside.NOW.minus(Duration.ofHours(8)).plusMillis(1);
            assertThat(bedside.codes()).isEmpty();
            bedside.signedIn = Bedside.NOW.minus(Duration.ofHours(8));
            assertThat(bedside.codes()).isEmpty();
            bedside.signedIn = Bedside.NOW.minus(Duration.ofHours(8)).minusMillis(1);
            assertThat(bedside.codes()).containsExactly("SignInTooOld");
        }

        @Test
        void a_sign_in_of_the_future_counts_only_within_half_a_minute() {
            bedside.signedIn = Bedside.NOW.plusSeconds(30);
            assertThat(bedside.codes()).isEmpty();
            bedside.signedIn = Bedside.NOW.plusSeconds(30).plusMillis(1);
            assertThat(bedside.codes()).containsExactly("SignInTooOld");
        }

        @Test
        void the_last_channel_is_a_channel_and_the_next_is_not() {
            bedside.channels = 4;
            bedside.scannedChannel = 4;
            assertThat(bedside.codes()).isEmpty();
            bedside.scannedChannel = 5;
            assertThat(bedside.codes()).containsExactly("NoSuchChannel");
        }

        @ParameterizedTest
        @EnumSource
        void a_channel_is_free_when_idle_or_complete(ChannelState state) {
            bedside.state = state;

            var free = state == ChannelState.IDLE || state == ChannelState.COMPLETE;
            assertThat(bedside.codes()).isEqualTo(free ? List.of() : List.of("ChannelBusy"));
        }
    }

    @Nested
    class Products {
        Products() {
            bedside.compounded = false;
        }

        @Test
        void a_product_of_the_ordered_drug_and_strength_is_paired_whatever_its_size() {
            assertThat(paired().prescription().id()).isEqualTo(Bedside.ORDER);
            assertThat(paired().bagIdentity()).startsWith("gtin:" + Bedside.DOPAMINE_BAG);
        }

        @Test
        void another_strength_is_refused() {
            bedside.gtin = Bedside.STRONG_DOPAMINE_BAG;

            assertThat(bedside.check())
                    .isEqualTo(new Pairing.Mispaired(
                            List.of(new Mismatch.WrongConcentration("400 mg in 250 mL", "800 mg in 250 mL"))));
        }

        @Test
        void another_drug_is_refused() {
            bedside.gtin = Bedside.HEPARIN_BAG;
            assertThat(bedside.codes()).containsExactly("NothingOrdered");

            bedside.choice = new Choice.Numbered(Bedside.ORDER);
            assertThat(bedside.check())
                    .isEqualTo(new Pairing.Mispaired(List.of(new Mismatch.WrongDrug("dopamine", "heparin"))));
        }

        @Test
        void a_product_the_library_does_not_know_is_refused() {
            bedside.gtin = "00303380049042";

            assertThat(bedside.codes()).containsExactly("UnknownProduct");
        }

        @Test
        void two_orders_that_fit_need_a_choice() {
            bedside.otherOrders.add(bedside.ordered("RX-2002", "dopamine", bedside.orderedStrength));
            assertThat(bedside.check())
                    .isEqualTo(new Pairing.Mispaired(List.of(
                            new Mismatch.SeveralOrdered(List.of(Bedside.ORDER, new PrescriptionId("RX-2002"))))));

            bedside.choice = new Choice.Numbered(new PrescriptionId("RX-2002"));
            assertThat(paired().prescription().id()).isEqualTo(new PrescriptionId("RX-2002"));
        }

        @Test
        void of_two_orders_the_one_that_can_be_started_now_fits() {
            bedside.from = Bedside.NOW.plusSeconds(1);
            bedside.otherOrders.add(bedside.ordered("RX-2002", "dopamine", bedside.orderedStrength));
            bedside.from = Bedside.NOW;
            bedside.active = false;
            bedside.otherOrders.add(bedside.ordered("RX-3003", "dopamine", bedside.orderedStrength));
            bedside.active = true;

            assertThat(paired().prescription().id()).isEqualTo(Bedside.ORDER);
        }

        @Test
        void an_active_order_that_cannot_be_started_yet_is_named_before_a_stopped_one() {
            bedside.active = false;
            bedside.otherOrders.add(bedside.ordered("RX-3003", "dopamine", bedside.orderedStrength));
            bedside.active = true;
            bedside.from = Bedside.NOW.plusSeconds(60);

            assertThat(bedside.codes()).containsExactly("TooEarly");
        }

        @Test
        void a_single_order_that_fits_but_was_stopped_is_named_as_stopped() {
            bedside.active = false;

            assertThat(bedside.codes()).containsExactly("PrescriptionStopped");
        }

        @Test
        void a_chosen_order_of_nobody_here_is_refused() {
            bedside.choice = new Choice.Numbered(new PrescriptionId("RX-9999"));

            assertThat(bedside.codes()).containsExactly("UnknownPrescription");
        }

        @Test
        void bags_without_a_serial_cannot_be_told_apart() {
            bedside.serial = "";
            bedside.used = java.util.Set.of(bedside.bag().identity());

            assertThat(bedside.codes()).isEmpty();
        }
    }

    @Nested
    class Orders {
        @Test
        void a_bag_compounded_for_another_patient_is_refused_and_nothing_of_that_order_is_told() {
            bedside.orderedFor = Bedside.OTHER_PATIENT;
            bedside.active = false;
            bedside.route = Route.EPIDURAL;

            assertThat(bedside.codes()).containsExactly("WrongPatient");
        }

        @Test
        void an_entry_mixed_to_order_takes_the_ordered_strength() {
            bedside.entry = "dopamine/adult-icu/custom";
            bedside.orderedStrength = Bedside.mix("200", AmountUnit.MILLIGRAM, "250");

            assertThat(bedside.codes()).isEmpty();
        }

        @Test
        void an_epidural_entry_is_given_that_way_and_no_other() {
            bedside.entry = "dopamine/adult-icu/epidural";
            assertThat(bedside.codes()).containsExactly("WrongRoute");

            bedside.route = Route.EPIDURAL;
            assertThat(bedside.codes()).isEmpty();

            bedside.route = Route.SUBCUTANEOUS;
            assertThat(bedside.codes()).containsExactly("WrongRoute");
        }

        @Test
        void a_dose_that_the_entry_does_not_limit_is_refused() {
            bedside.regimen = new Regimen.Continuous(Dose.of("5", "ug/min"));
            assertThat(bedside.codes()).containsExactly("WrongDosing");

            bedside.regimen = new Regimen.Intermittent(Dose.of("1", "g"), Duration.ofMinutes(30));
            assertThat(bedside.codes()).containsExactly("WrongDosing");

            bedside.regimen = new Regimen.Continuous(Dose.of("0.3", "mg/kg/h"));
            assertThat(bedside.codes()).isEmpty();
        }

        @Test
        void facts_of_another_patient_or_pump_or_label_are_an_error_of_ours() {
            var request = bedside.request();
            var facts = bedside.facts();
            var foreign = new PairingRequest(
                    new io.venule.barcode.Scan.Wristband(Bedside.OTHER_PATIENT.gsrn(), "1"),
                    request.bag(),
                    request.pumpTag(),
                    request.choice());
            var elsewhere = new PairingRequest(
                    request.wristband(),
                    request.bag(),
                    new io.venule.barcode.Scan.PumpTag("VP-0002", 1),
                    request.choice());

            assertThatThrownBy(() -> PairingCheck.check(foreign, facts, bedside.terms()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> PairingCheck.check(elsewhere, facts, bedside.terms()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

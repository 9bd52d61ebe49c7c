package io.venule.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.prescription.PrescriptionId;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a nurse reads word for word where the words depend on what was found. EXPECTATIONS row 28. */
class MismatchWordsTest {
    private static final ChannelId SECOND = new ChannelId(new PumpSerial("LV-00001"), 2);

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of(
                        new Mismatch.NoSuchChannel(SECOND, 1), "Pump LV-00001 has 1 channel; there is no channel 2."),
                Arguments.of(
                        new Mismatch.NoSuchChannel(new ChannelId(new PumpSerial("RK-00004"), 5), 4),
                        "Pump RK-00004 has 4 channels; there is no channel 5."),
                Arguments.of(
                        new Mismatch.ChannelTaken(SECOND, PairingFacts.Occupant.THIS_PATIENT),
                        "An order for this patient is open on channel " + SECOND + "."),
                Arguments.of(
                        new Mismatch.ChannelTaken(SECOND, PairingFacts.Occupant.ANOTHER_PATIENT),
                        "An order for another patient is open on channel " + SECOND + "."),
                Arguments.of(
                        new Mismatch.UnknownPrescription(new PrescriptionId("RX-9999")),
                        "Order RX-9999 is not one of this patient's."),
                Arguments.of(
                        new Mismatch.NothingOrdered("dopamine 400 mg in 250 mL"),
                        "Nothing ordered for this patient calls for this bag: dopamine 400 mg in 250 mL."),
                Arguments.of(
                        new Mismatch.SeveralOrdered(
                                List.of(new PrescriptionId("RX-1001"), new PrescriptionId("RX-2002"))),
                        "Several orders of this patient fit this bag: RX-1001, RX-2002."),
                Arguments.of(
                        new Mismatch.UnknownProduct("00303380049042"),
                        "This product is not in the drug library (GTIN 00303380049042)."));
    }

    @ParameterizedTest
    @MethodSource("words")
    void what_was_found_is_said_as_it_is(Mismatch mismatch, String sentence) {
        assertThat(mismatch.sentence()).isEqualTo(sentence);
        assertThat(mismatch.remedy()).endsWith(".");
    }
}

package io.venule.quantity;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a dose is counted in: an amount, per kilogram or square metre of patient or neither, per minute, hour or day or in total.
 * UCUM spells it {@code ug/kg/min}; the ward reads {@code mcg/kg/min}.
 */
public record DoseUnit(AmountUnit amount, Per per, Time time) {
    /** The size of the patient by which a dose is counted. */
    public enum Per {
        PATIENT(""),
        KILOGRAM("/kg"),
        SQUARE_METRE("/m2");

        private final String ucum;

        Per(String ucum) {
            this.ucum = ucum;
        }
    }

    /** The time in which a dose is given; {@code TOTAL} is the whole amount, without time. */
    public enum Time {
        TOTAL("", 0),
        MINUTE("/min", 60),
        HOUR("/h", 3_600),
        DAY("/d", 86_400);

        private final String ucum;
        private final int seconds;

        Time(String ucum, int seconds) {
            this.ucum = ucum;
            this.seconds = seconds;
        }

        int seconds() {
            return seconds;
        }
    }

    public boolean isRate() {
        return time != Time.TOTAL;
    }

    public String ucum() {
        return amount.ucum() + per.ucum + time.ucum;
    }

    /** {@code "mcg/kg/min"}. */
    public String word() {
        return amount.word() + per.ucum.replace("m2", "m²") + (time == Time.DAY ? "/day" : time.ucum);
    }

    /** The unit of a UCUM code such as {@code ug/kg/min}; empty where the code is not a dose unit. */
    public static Optional<DoseUnit> ofUcum(String ucum) {
        return Arrays.stream(AmountUnit.values())
                .flatMap(amount -> Arrays.stream(Per.values())
                        .flatMap(per -> Arrays.stream(Time.values()).map(time -> new DoseUnit(amount, per, time))))
                .filter(unit -> unit.ucum().equals(ucum))
                .findFirst();
    }
}

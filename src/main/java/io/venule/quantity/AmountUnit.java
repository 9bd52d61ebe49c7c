package io.venule.quantity;

import java.util.Arrays;
import java.util.Optional;

/**
 * The units in which drug is counted, with their UCUM code and the words the ward reads. ISMP: "mcg", never "µg"; "unit",
 * never "U" or "IU". Units of different {@link Kind} never convert into each other: a milliequivalent is not a millimole.
 */
public enum AmountUnit {
    NANOGRAM("ng", "nanogram", Kind.MASS, 3),
    MICROGRAM("ug", "mcg", Kind.MASS, 6),
    MILLIGRAM("mg", "mg", Kind.MASS, 9),
    GRAM("g", "g", Kind.MASS, 12),
    MILLIUNIT("m[iU]", "milliunit", Kind.UNITS, 6),
    UNIT("[iU]", "unit", Kind.UNITS, 9),
    MILLIEQUIVALENT("meq", "mEq", Kind.EQUIVALENTS, 9),
    MILLIMOLE("mmol", "mmol", Kind.MOLES, 9);

    /** What is counted; held as whole picograms, nano-units, nano-milliequivalents and nano-millimoles. */
    public enum Kind {
        MASS,
        UNITS,
        EQUIVALENTS,
        MOLES
    }

    private final String ucum;
    private final String word;
    private final Kind kind;
    private final int powerOfTen;

    AmountUnit(String ucum, String word, Kind kind, int powerOfTen) {
        this.ucum = ucum;
        this.word = word;
        this.kind = kind;
        this.powerOfTen = powerOfTen;
    }

    public String ucum() {
        return ucum;
    }

    /** What the ward reads. */
    public String word() {
        return word;
    }

    public Kind kind() {
        return kind;
    }

    /** How many base counts of its kind one such unit is, as a power of ten. */
    int powerOfTen() {
        return powerOfTen;
    }

    public static Optional<AmountUnit> ofUcum(String ucum) {
        return Arrays.stream(values()).filter(unit -> unit.ucum.equals(ucum)).findFirst();
    }
}

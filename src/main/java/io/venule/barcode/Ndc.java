package io.venule.barcode;

import java.util.Optional;
import java.util.Set;

/**
 * A National Drug Code with its three parts kept apart, because the hyphens cannot be put back: 0338-0049-04. Forms taken: 4-4-2, 5-3-2 and 5-4-1 (ten
 * digits), 5-4-2 (eleven, as billed) and 6-4-2 (twelve, from 2033). A code without its package part is incomplete and refused.
 */
public record Ndc(String labeler, String product, String packageCode) {
    private static final Set<String> FORMS = Set.of("4-4-2", "5-3-2", "5-4-1", "5-4-2", "6-4-2");
    private static final String US_PREFIX = "003";

    public Ndc {
        if (CharacterSets.digits(labeler + product + packageCode).isPresent()
                || !FORMS.contains(labeler.length() + "-" + product.length() + "-" + packageCode.length())) {
            throw new IllegalArgumentException("not a national drug code");
        }
    }

    /** Reads the hyphenated form; anything else is empty, also a code without hyphens, since its parts cannot be told apart. */
    public static Optional<Ndc> parse(String text) {
        var parts = text.split("-", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        return CharacterSets.digits(parts[0] + parts[1] + parts[2]).isEmpty()
                        && FORMS.contains(parts[0].length() + "-" + parts[1].length() + "-" + parts[2].length())
                ? Optional.of(new Ndc(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    /** The parts in one row: ten, eleven or twelve digits. */
    public String digits() {
        return labeler + product + packageCode;
    }

    /** The eleven digits used in billing; empty for a twelve-digit code. */
    public Optional<String> elevenDigits() {
        return labeler.length() > 5
                ? Optional.empty()
                : Optional.of("0".repeat(5 - labeler.length())
                        + labeler
                        + "0".repeat(4 - product.length())
                        + product
                        + "0".repeat(2 - packageCode.length())
                        + packageCode);
    }

    /**
     * The GTIN that a ten-digit code would have by the "003" rule. It is a candidate and never proof: products exist whose printed GTIN does not come from
     * their NDC, so the drug library stores the GTIN of the label. Empty for any other length.
     */
    public Optional<String> candidateGtin() {
        return digits().length() == 10 ? Optional.of(CheckDigit.append(US_PREFIX + digits())) : Optional.empty();
    }

    /** The ten digits inside a GTIN of the "003" form, whose parts it does not tell; empty for any other GTIN. */
    public static Optional<String> tenDigitsOf(String gtin) {
        return gtin.length() == 14 && gtin.startsWith(US_PREFIX) && CheckDigit.isRight(gtin)
                ? Optional.of(gtin.substring(3, 13))
                : Optional.empty();
    }

    /** As it is printed: {@code 0338-0049-04}. */
    @Override
    public String toString() {
        return labeler + "-" + product + "-" + packageCode;
    }
}

package io.venule.barcode;

/** What is wrong with the content of one field. Each name is the one the GS1 syntax tests use, where they have the case. */
enum Fault {
    TOO_SHORT("is cut short"),
    TOO_LONG("is too long"),
    NON_DIGIT_CHARACTER("holds something other than digits"),
    INVALID_CSET82_CHARACTER("holds a character that GS1 does not allow"),
    INVALID_CSET39_CHARACTER("holds a character that GS1 does not allow there"),
    INVALID_CSET64_CHARACTER("holds a character that GS1 does not allow there"),
    INVALID_CSET64_PADDING("is padded wrongly"),
    TOO_SHORT_FOR_CHECK_DIGIT("is too short to have a check digit"),
    INCORRECT_CHECK_DIGIT("has a wrong check digit"),
    TOO_SHORT_FOR_CHECK_PAIR("is too short to have check characters"),
    TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION("is too long to have check characters"),
    INCORRECT_CHECK_PAIR("has wrong check characters"),
    DATE_TOO_SHORT("is too short for a date"),
    DATE_TOO_LONG("is too long for a date"),
    ILLEGAL_MONTH("names a month that does not exist"),
    ILLEGAL_DAY("names a day that does not exist"),
    HOUR_WITH_MINUTE_TOO_SHORT("is too short for a time of day"),
    HOUR_WITH_MINUTE_TOO_LONG("is too long for a time of day"),
    ILLEGAL_HOUR("names an hour that does not exist"),
    ILLEGAL_MINUTE("names a minute that does not exist"),
    INVALID_BIOLOGICAL_SEX_CODE("holds an unknown code"),
    INVALID_MEDIA_TYPE("holds an unknown kind of carrier"),
    ILLEGAL_ZERO_VALUE("is zero"),
    INVALID_PERCENT_SEQUENCE("holds a broken percent code"),
    INVALID_LENGTH_FOR_PIECE_OF_TOTAL("does not say which piece of how many"),
    ZERO_PIECE_NUMBER("counts a piece 0"),
    ZERO_TOTAL_PIECES("counts 0 pieces"),
    PIECE_NUMBER_EXCEEDS_TOTAL("counts more pieces than there are"),
    POSITION_IN_SEQUENCE_MALFORMED("does not say which of how many"),
    ILLEGAL_ZERO_PREFIX("has a leading zero"),
    POSITION_EXCEEDS_END("counts beyond the last");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** What follows the field's name in a sentence. */
    String words() {
        return words;
    }
}

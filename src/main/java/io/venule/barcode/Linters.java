package io.venule.barcode;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Content checks of the fields that application identifiers name, under the names of the GS1 syntax dictionary.
 * Not done here, because they need a register of others: company prefixes, ISO country and currency lists.
 */
final class Linters {
    private static final Pattern BROKEN_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern POSITION = Pattern.compile("([0-9]+)/([0-9]+)");
    private static final Pattern MEDIA_TYPE = Pattern.compile("0[1-9]|10|[89][0-9]");
    private static final Map<String, Function<String, Optional<Fault>>> BY_NAME = Map.ofEntries(
            Map.entry("csum", CheckDigit::csum),
            Map.entry("csumalpha", CheckDigit::csumalpha),
            Map.entry("cset82", CharacterSets::cset82),
            Map.entry("cset39", CharacterSets::cset39),
            Map.entry("cset64", CharacterSets::cset64),
            Map.entry("csetnumeric", CharacterSets::digits),
            Map.entry("yymmd0", CalendarDay::yymmd0),
            Map.entry("yymmdd", CalendarDay::yymmdd),
            Map.entry("yyyymmdd", CalendarDay::yyyymmdd),
            Map.entry("hhmi", Linters::hhmi),
            Map.entry("iso5218", Linters::iso5218),
            Map.entry("mediatype", Linters::mediatype),
            Map.entry("nonzero", Linters::nonzero),
            Map.entry("pcenc", Linters::pcenc),
            Map.entry("pieceoftotal", Linters::pieceoftotal),
            Map.entry("posinseqslash", Linters::posinseqslash));

    private Linters() {}

    static Optional<Function<String, Optional<Fault>>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Optional<Fault> hhmi(String data) {
        if (data.length() != 4) {
            return Optional.of(data.length() < 4 ? Fault.HOUR_WITH_MINUTE_TOO_SHORT : Fault.HOUR_WITH_MINUTE_TOO_LONG);
        }
        if (CharacterSets.digits(data).isPresent()) {
            return Optional.of(Fault.NON_DIGIT_CHARACTER);
        }
        if (Integer.parseInt(data.substring(0, 2)) > 23) {
            return Optional.of(Fault.ILLEGAL_HOUR);
        }
        return Integer.parseInt(data.substring(2)) > 59 ? Optional.of(Fault.ILLEGAL_MINUTE) : Optional.empty();
    }

    private static Optional<Fault> iso5218(String data) {
        return data.length() == 1 && "0129".contains(data)
                ? Optional.empty()
                : Optional.of(Fault.INVALID_BIOLOGICAL_SEX_CODE);
    }

    private static Optional<Fault> mediatype(String data) {
        return MEDIA_TYPE.matcher(data).matches() ? Optional.empty() : Optional.of(Fault.INVALID_MEDIA_TYPE);
    }

    private static Optional<Fault> nonzero(String data) {
        if (CharacterSets.digits(data).isPresent()) {
            return Optional.of(Fault.NON_DIGIT_CHARACTER);
        }
        return isZero(data) ? Optional.of(Fault.ILLEGAL_ZERO_VALUE) : Optional.empty();
    }

    private static Optional<Fault> pcenc(String data) {
        return BROKEN_PERCENT.matcher(data).find() ? Optional.of(Fault.INVALID_PERCENT_SEQUENCE) : Optional.empty();
    }

    private static Optional<Fault> pieceoftotal(String data) {
        if (data.isEmpty() || data.length() % 2 != 0) {
            return Optional.of(Fault.INVALID_LENGTH_FOR_PIECE_OF_TOTAL);
        }
        if (CharacterSets.digits(data).isPresent()) {
            return Optional.of(Fault.NON_DIGIT_CHARACTER);
        }
        var piece = data.substring(0, data.length() / 2);
        var total = data.substring(data.length() / 2);
        if (isZero(piece)) {
            return Optional.of(Fault.ZERO_PIECE_NUMBER);
        }
        if (isZero(total)) {
            return Optional.of(Fault.ZERO_TOTAL_PIECES);
        }
        return piece.compareTo(total) > 0 ? Optional.of(Fault.PIECE_NUMBER_EXCEEDS_TOTAL) : Optional.empty();
    }

    private static Optional<Fault> posinseqslash(String data) {
        var position = POSITION.matcher(data);
        if (!position.matches()) {
            return Optional.of(Fault.POSITION_IN_SEQUENCE_MALFORMED);
        }
        var place = position.group(1);
        var end = position.group(2);
        if (place.startsWith("0") || end.startsWith("0")) {
            return Optional.of(Fault.ILLEGAL_ZERO_PREFIX);
        }
        var beyond = place.length() == end.length() ? place.compareTo(end) > 0 : place.length() > end.length();
        return beyond ? Optional.of(Fault.POSITION_EXCEEDS_END) : Optional.empty();
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }
}

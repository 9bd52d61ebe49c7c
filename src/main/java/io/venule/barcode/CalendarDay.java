package io.venule.barcode;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/** Dates as GS1 labels write them. Source: GS1 General Specifications, 3.4 (day 00 is the last of the month) and 7.12 (century). */
final class CalendarDay {
    private static final int CENTURY = 100;

    private CalendarDay() {}

    /**
     * The day that {@code yymmdd} (already found to be a date) means.
     *
     * @param yearNow the year in which it is read: a two-digit year lies at most 49 years before and 50 years after it
     */
    static LocalDate read(String yymmdd, int yearNow) {
        var twoDigits = Integer.parseInt(yymmdd.substring(0, 2));
        var difference = twoDigits - yearNow % CENTURY;
        var century = yearNow / CENTURY;
        if (difference >= 51) {
            century--;
        }
        if (difference <= -50) {
            century++;
        }
        var month = YearMonth.of(century * CENTURY + twoDigits, Integer.parseInt(yymmdd.substring(2, 4)));
        var day = Integer.parseInt(yymmdd.substring(4));
        return day == 0 ? month.atEndOfMonth() : month.atDay(Math.min(day, month.lengthOfMonth()));
    }

    /** {@code 17}'s form of a day. */
    static String write(LocalDate day) {
        return "%02d%02d%02d".formatted(day.getYear() % CENTURY, day.getMonthValue(), day.getDayOfMonth());
    }

    static Optional<Fault> yymmd0(String data) {
        return checked(data, 2, 0);
    }

    static Optional<Fault> yymmdd(String data) {
        return checked(data, 2, 1);
    }

    static Optional<Fault> yyyymmdd(String data) {
        return checked(data, 4, 1);
    }

    private static Optional<Fault> checked(String data, int yearDigits, int firstDay) {
        if (data.length() != yearDigits + 4) {
            return Optional.of(data.length() < yearDigits + 4 ? Fault.DATE_TOO_SHORT : Fault.DATE_TOO_LONG);
        }
        if (CharacterSets.digits(data).isPresent()) {
            return Optional.of(Fault.NON_DIGIT_CHARACTER);
        }
        var year = Integer.parseInt(data.substring(0, yearDigits));
        var month = Integer.parseInt(data.substring(yearDigits, yearDigits + 2));
        if (month < 1 || month > 12) {
            return Optional.of(Fault.ILLEGAL_MONTH);
        }
        var day = Integer.parseInt(data.substring(yearDigits + 2));
        var days = YearMonth.of(yearDigits == 2 ? 2000 + year : year, month).lengthOfMonth();
        return day < firstDay || day > days ? Optional.of(Fault.ILLEGAL_DAY) : Optional.empty();
    }
}

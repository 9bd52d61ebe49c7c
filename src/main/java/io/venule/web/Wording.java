package io.venule.web;

import io.quarkus.qute.TemplateExtension;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes numbers, units and counts for the eye: a number never stands alone at the end of a line. Source: EXPECTATIONS row 17; ISMP. */
@TemplateExtension
public final class Wording {
    /** The space that does not break. */
    static final String NO_BREAK = "\u00a0";

    private static final Pattern NUMBER_THEN_UNIT = Pattern.compile(
            "(?<=\\d) (?=(?:mcg|nanogram|mg|g|milliunit|unit|units|mEq|mmol|mL|kg|m²|min|h|s|%|days)(?:\\b|/|$))");

    private Wording() {}

    /** Keeps every number and its unit on one line: {@code "13.1 mL/h"} with a space that does not break. */
    public static String together(String text) {
        return NUMBER_THEN_UNIT.matcher(text).replaceAll(NO_BREAK);
    }

    /** A whole number with commas in thousands. */
    public static String grouped(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** As a query parameter's value. */
    public static String urlEncoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** {@code Order approved} for {@code ORDER_APPROVED}. */
    public static String words(String constant) {
        return capital(constant.toLowerCase(Locale.ENGLISH).replace('_', ' '));
    }

    /** {@code Alarm} for {@code alarm}. */
    public static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ENGLISH) + text.substring(1);
    }
}

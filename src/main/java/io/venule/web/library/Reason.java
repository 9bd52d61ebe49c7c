package io.venule.web.library;

/** A reason on a list of which a person taps one, as sent and as said. */
public record Reason(String code, String text) {}

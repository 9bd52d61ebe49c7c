package io.venule.web;

/** How a state looks beside its word: a tone of the stylesheet and an icon whose shape alone tells it from the others. */
public record Shown(String tone, String icon) {}

package io.venule.pump;

/** Alarm priority with the marks of IEC 60601-1-8 as the pages show them. */
public enum AlarmPriority {
    HIGH("!!!"),
    MEDIUM("!!"),
    LOW("!");

    private final String mark;

    AlarmPriority(String mark) {
        this.mark = mark;
    }

    public String mark() {
        return mark;
    }
}

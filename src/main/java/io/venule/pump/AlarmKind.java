package io.venule.pump;

/** What a pump alarms for, with its priority in the sense of IEC 60601-1-8. */
public enum AlarmKind {
    OCCLUSION("occlusion", AlarmPriority.HIGH),
    AIR_IN_LINE("air in line", AlarmPriority.HIGH),
    BATTERY_LOW("battery low", AlarmPriority.MEDIUM),
    VOLUME_COMPLETE("volume complete", AlarmPriority.MEDIUM),
    KEEP_VEIN_OPEN("keep vein open: not the ordered dose", AlarmPriority.HIGH),
    SYSTEM_FAILURE("system failure", AlarmPriority.HIGH);

    private final String word;
    private final AlarmPriority priority;

    AlarmKind(String word, AlarmPriority priority) {
        this.word = word;
        this.priority = priority;
    }

    public String word() {
        return word;
    }

    public AlarmPriority priority() {
        return priority;
    }
}

package io.venule.store;

/** Something that was written once and never changes is not what it was: the log is refused until a person has looked. */
final class LogDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogDamaged(String what) {
        super(what);
    }
}

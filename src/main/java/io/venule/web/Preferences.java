package io.venule.web;

/** How one browser wants its pages; kept in a cookie that holds nothing about anybody. */
public record Preferences(Theme theme, boolean shortcuts) {
    static final String COOKIE = "venule-preferences";
    static final Preferences DEFAULT = new Preferences(Theme.SYSTEM, true);

    /** The colours. */
    public enum Theme {
        SYSTEM("system"),
        LIGHT("light"),
        DARK("dark");

        private final String word;

        Theme(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Reads a cookie's value; anything unknown is the default. */
    static Preferences parse(String value) {
        for (var theme : Theme.values()) {
            for (var shortcuts : new boolean[] {true, false}) {
                var candidate = new Preferences(theme, shortcuts);
                if (candidate.cookie().equals(value)) {
                    return candidate;
                }
            }
        }
        return DEFAULT;
    }

    String cookie() {
        return theme.word() + (shortcuts ? "+keys" : "-keys");
    }
}

package io.venule.staff;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do; each role is a realm role of the same lower-case name. */
public enum Role {
    PHARMACIST,
    NURSE,
    BIOMED,
    AUDITOR,
    ADMIN;

    /** The realm role's name. */
    public String realmName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> ofRealmName(String name) {
        return Arrays.stream(values())
                .filter(role -> role.realmName().equals(name))
                .findFirst();
    }
}

package io.venule.stack;

import io.venule.staff.Role;

/** A person of the demo ward: login name, name to show, role, badge number, and a password made for this run. */
public record DemoUser(String username, String firstName, String lastName, Role role, String badge, String password) {
    public String name() {
        return firstName + " " + lastName;
    }
}

package io.venule.staff;

import java.util.Set;

/** A signed-in person: subject, name to show, roles, and the sign-in that the roles rest on. */
public record StaffMember(SubjectId id, String name, Set<Role> roles, SignIn signIn) {
    public StaffMember {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}

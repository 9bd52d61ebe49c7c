package io.venule.web;

/** The realm roles as annotations need them; {@code RolesTest} keeps them equal to {@link io.venule.staff.Role}. */
public final class Roles {
    public static final String PHARMACIST = "pharmacist";
    public static final String NURSE = "nurse";
    public static final String BIOMED = "biomed";
    public static final String AUDITOR = "auditor";
    public static final String ADMIN = "admin";

    private Roles() {}
}

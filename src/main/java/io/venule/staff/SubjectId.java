package io.venule.staff;

/** The identity provider's stable subject identifier of one person; never a login name, which may be given to another. */
public record SubjectId(String value) {
    public SubjectId {
        if (value.isBlank() || value.length() > 128) {
            throw new IllegalArgumentException("subject id must have 1 to 128 characters");
        }
    }
}

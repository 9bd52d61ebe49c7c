package io.venule.web;

import java.io.Serial;

/** Ends a request with a problem; thrown by resources only, where the answer is decided, and turned into a document or page by {@link Problems}. */
public final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refused(Problem problem) {
        super(problem.slug() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}

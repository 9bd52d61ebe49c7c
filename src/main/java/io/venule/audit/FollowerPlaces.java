package io.venule.audit;

/** How far each follower of the log has come, durable beside the log; one follower never moves another's place. */
public interface FollowerPlaces {
    /** The next index this follower has not yet handed on; 0 for a new follower. */
    long next(String follower);

    /** Everything before {@code next} was handed on. */
    void save(String follower, long next);
}

package io.venule.order;

/**
 * One server among those that share the pumps, and which of its lives: a server that was silent for too long has lost that life and
 * everything held in it, and begins another. A life that is over never comes back.
 *
 * @param replica names the process; no two processes ever have the same
 * @param number from 1; 0 before the first
 */
public record ReplicaLife(String replica, int number) {
    public ReplicaLife {
        if (!replica.matches("[A-Za-z0-9._-]{1,200}") || number < 0) {
            throw new IllegalArgumentException("not a replica's life: " + replica + "/" + number);
        }
    }

    /** As it is kept: {@code replica/number}. */
    public static ReplicaLife of(String kept) {
        var slash = kept.lastIndexOf('/');
        return new ReplicaLife(kept.substring(0, slash), Integer.parseInt(kept.substring(slash + 1)));
    }

    ReplicaLife next() {
        return new ReplicaLife(replica, number + 1);
    }

    @Override
    public String toString() {
        return replica + "/" + number;
    }
}

package io.venule.druglibrary;

import java.util.Comparator;
import java.util.List;

/** One thing of a library that another release does not have in the same way: a care area, a drug, an entry or a product. */
public sealed interface Difference {
    /** The code, id or GTIN that it has in both releases. */
    String key();

    /** What people call it. */
    String name();

    /** The gravest flag of all that is different. */
    Flag gravest();

    /** The newer release has it and the older one has not. */
    record Added(String key, String name, List<Fact> facts) implements Difference {
        public Added {
            facts = List.copyOf(facts);
        }

        @Override
        public Flag gravest() {
            return Flag.ADDED;
        }
    }

    /** The older release has it and the newer one has not. */
    record Removed(String key, String name, List<Fact> facts) implements Difference {
        public Removed {
            facts = List.copyOf(facts);
        }

        @Override
        public Flag gravest() {
            return Flag.REMOVED;
        }
    }

    /**
     * Both have it, and it is not the same.
     *
     * @param rows what is not the same, the gravest first; at least one
     */
    record Changed(String key, String name, List<Row> rows) implements Difference {
        public Changed {
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("changed in nothing: " + key);
            }
            rows = rows.stream().sorted(Comparator.comparing(Row::flag)).toList();
        }

        @Override
        public Flag gravest() {
            return rows.getFirst().flag();
        }
    }

    /** One member with what it says, for people; every number with its unit. */
    record Fact(String what, String text) {}

    /** One member with what it said and what it says now, for people; every number with its unit. What is not there is said in words. */
    record Row(String what, String before, String after, Flag flag) {}
}

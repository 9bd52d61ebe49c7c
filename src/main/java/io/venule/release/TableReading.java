package io.venule.release;

import java.util.List;

/** What reading a table of entries into a library came to: a whole release, or every fault. */
public sealed interface TableReading {
    record Filled(Release release) implements TableReading {}

    /** Nothing of the table is used. */
    record Refused(List<TableFault> faults) implements TableReading {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}

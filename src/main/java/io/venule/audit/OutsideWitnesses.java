package io.venule.audit;

import java.util.List;

/** The witnesses outside the hospital that this installation has; none is needed. */
public record OutsideWitnesses(List<OutsideWitness> all) {
    public OutsideWitnesses {
        all = List.copyOf(all);
    }

    /** How it stands with each. */
    public List<OutsideWitness.Standing> standing() {
        return all.stream().map(OutsideWitness::standing).toList();
    }
}

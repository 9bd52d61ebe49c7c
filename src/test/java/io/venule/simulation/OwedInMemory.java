package io.venule.simulation;

import io.venule.order.Owed;
import io.venule.order.RecordUnavailable;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a process owes the record for stops, as the product's owed record keeps it, but in virtual time; gone when the process dies. */
final class OwedInMemory implements Owed {
    private static final long PATIENCE = 1_000;
    private static final long PAUSE = 1_000;

    private final Replica process;
    private final Deque<Debt> debts = new ArrayDeque<>();

    private record Debt(Runnable work, Reply<Boolean> done) {}

    OwedInMemory(Replica process) {
        this.process = process;
    }

    @Override
    public boolean soon(Runnable work) {
        var debt = new Debt(work, new Reply<>());
        debts.addLast(debt);
        if (debts.size() > 1) {
            return false;
        }
        process.run(this::workOff);
        return process.await(debt.done(), PATIENCE).isPresent();
    }

    private void workOff() {
        while (!debts.isEmpty()) {
            var next = debts.getFirst();
            try {
                next.work().run();
                debts.removeFirst();
                next.done().complete(true);
            } catch (RecordUnavailable e) {
                process.sleep(PAUSE);
            }
        }
    }
}

package io.venule.store;

import static io.venule.store.WardFixture.anEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes of many callers share a transaction, and nobody pays for another. Invariant 5; decision 2. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class GroupedAppendsIT {
    @Inject
    GroupedAppends appends;

    @Inject
    PostgresAuditLog log;

    private record Entries(List<AuditEntry> entries, String fault) implements GroupedAppends.Change<Long> {
        @Override
        public List<LeafRow> before() {
            return LeafRow.of(entries);
        }

        @Override
        public Long after(long firstIndex) {
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException(fault);
            }
            return firstIndex;
        }
    }

    @Test
    void each_of_many_at_once_is_told_its_own_index_and_a_faulty_one_fails_alone() throws Exception {
        var before = log.head().size();
        var entries = IntStream.range(0, 300).mapToObj(_ -> anEntry()).toList();
        var failed = new ArrayList<Integer>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, entries.size())
                    .<Callable<Long>>mapToObj(i ->
                            () -> appends.commit(new Entries(List.of(entries.get(i)), i % 50 == 7 ? "fault " + i : "")))
                    .toList();
            var answers = pool.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                try {
                    assertThat(log.entry(answers.get(i).get()).orElseThrow().entry())
                            .isEqualTo(entries.get(i));
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).hasMessage("fault " + i);
                    failed.add(i);
                }
            }
        }

        assertThat(failed).containsExactly(7, 57, 107, 157, 207, 257);
        assertThat(log.head().size()).isEqualTo(before + entries.size() - failed.size());
    }

    @Test
    void a_change_without_an_entry_is_made_and_one_that_fails_leaves_nothing() {
        var before = log.head();

        appends.commit(new Entries(List.of(), ""));
        assertThatThrownBy(() -> appends.commit(new Entries(List.of(anEntry()), "no")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");

        assertThat(log.head()).isEqualTo(before);
        assertThat(appends.commit(new Entries(List.of(anEntry(), anEntry()), "")))
                .isEqualTo(before.size());
        assertThat(log.head().size()).isEqualTo(before.size() + 2);
    }
}

package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.opcua.Mailbox.Letter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pump that sends more than is taken fills its own mailbox and no other, and nothing is dropped in silence. T-29; issue 3, "Nothing lost". */
class MailboxTest {
    private static final int CAPACITY = 10;
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Mailbox mailbox = new Mailbox(CAPACITY);

    private void flood(int records) {
        IntStream.rangeClosed(1, records)
                .forEach(i -> mailbox.record(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
    }

    private List<Letter> taken() throws InterruptedException {
        return mailbox.take(AT_ONCE, Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"9,9,false", "10,10,false", "11,10,true", "100000,10,true"})
    void beyond_its_capacity_nothing_is_kept_but_the_doubt_that_has_the_log_read(int sent, int kept, boolean doubt)
            throws InterruptedException {
        flood(sent);

        assertThat(taken()).hasSize(kept).first().isEqualTo(new Letter.Signed("1"));
        assertThat(mailbox.takeDoubt()).isEqualTo(doubt);
        assertThat(mailbox.takeDoubt()).isFalse();
    }

    @Test
    void the_end_of_the_session_arrives_however_full_it_is_and_the_rest_is_read_back() throws InterruptedException {
        flood(CAPACITY);

        mailbox.lost("the session ended");

        assertThat(taken()).contains(new Letter.Lost("the session ended"));
        assertThat(mailbox.takeDoubt()).isTrue();
    }

    @Test
    void what_cannot_be_read_ends_the_session_and_is_known_until_the_next() throws InterruptedException {
        assertThat(mailbox.wasUnreadable()).isFalse();

        mailbox.unreadable("a value in a value");

        assertThat(taken()).containsExactly(new Letter.Lost("a value in a value"));
        assertThat(mailbox.wasUnreadable()).isTrue();
        mailbox.clear();
        assertThat(mailbox.wasUnreadable()).isFalse();
    }

    @Test
    void while_a_session_rests_what_comes_is_let_go_and_read_back_later() throws InterruptedException {
        flood(3);

        var end = mailbox.rest(AT_ONCE);

        assertThat(end).isEmpty();
        assertThat(taken()).isEmpty();
        assertThat(mailbox.takeDoubt()).isTrue();
    }

    @Test
    void a_session_that_rests_learns_of_its_end() throws InterruptedException {
        flood(2);
        mailbox.lost("the pump went silent");

        assertThat(mailbox.rest(AT_ONCE)).contains("the pump went silent");
    }

    @Test
    void what_the_last_session_left_is_not_the_next_ones() throws InterruptedException {
        flood(CAPACITY + 1);

        mailbox.clear();

        assertThat(taken()).isEmpty();
        assertThat(mailbox.takeDoubt()).isFalse();
    }
}

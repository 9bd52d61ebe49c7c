package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.Checkpoint.Verification;
import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source: C2SP signed-note and tlog-checkpoint. */
class CheckpointTest {
    private static final String ORIGIN = "venule.test/log";
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final NoteKey NOTE_KEY = new NoteKey(ORIGIN, KEY.verifyingKey());
    private static final TreeHead HEAD = new TreeHead(20852163, Digest.ofText("root"));

    /** Example of the signed-note specification: its key is not published with it, so its form alone is checked. */
    private static final String PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String PUBLISHED_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    @Test
    void a_checkpoint_is_believed_by_its_key_and_gives_back_size_and_root() {
        var made = Checkpoint.sign(ORIGIN, HEAD, KEY);

        assertThat(Checkpoint.verify(made.note().getBytes(UTF_8), NOTE_KEY))
                .isInstanceOfSatisfying(Verification.Verified.class, verified -> {
                    assertThat(verified.checkpoint().head()).isEqualTo(HEAD);
                    assertThat(verified.checkpoint().origin()).isEqualTo(ORIGIN);
                    assertThat(verified.checkpoint().note()).isEqualTo(made.note());
                });
    }

    @Test
    void the_text_is_origin_size_and_root() {
        var lines = Checkpoint.sign(ORIGIN, new TreeHead(0, TreeHead.EMPTY.root()), KEY)
                .note()
                .split("\n", -1);

        assertThat(lines[0]).isEqualTo(ORIGIN);
        assertThat(lines[1]).isEqualTo("0");
        assertThat(lines[2]).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assertThat(lines[3]).isEmpty();
        assertThat(lines[4]).startsWith("\u2014 " + ORIGIN + " ");
        assertThat(lines[5]).isEmpty();
        assertThat(lines).hasSize(6);
    }

    @Test
    void a_note_and_key_published_by_others_are_believed() {
        var key = NoteKey.parse(PUBLISHED_KEY).orElseThrow();

        var opened = SignedNote.open(PUBLISHED_NOTE.getBytes(UTF_8), key);

        assertThat(opened)
                .isEqualTo(new SignedNote.Opened.Text(PUBLISHED_NOTE.substring(0, PUBLISHED_NOTE.indexOf("\n\n") + 1)));
    }

    @Test
    void a_note_signed_by_another_key_or_under_another_name_is_refused() {
        var other = SigningKey.ofSeed(Digest.ofText("other").bytes());

        assertRefused(Checkpoint.sign(ORIGIN, HEAD, other).note());
        assertRefused(Checkpoint.sign("venule.test/other", HEAD, KEY).note());
    }

    @Test
    void a_signature_of_ours_that_does_not_hold_refuses_the_note_even_beside_one_that_does() {
        var good = Checkpoint.sign(ORIGIN, HEAD, KEY).note();
        var foreign = Checkpoint.sign(ORIGIN, TreeHead.EMPTY, KEY).note();
        var both = good + foreign.substring(foreign.indexOf("\n\n") + 2);

        assertRefused(both);
    }

    @Test
    void the_same_signature_twice_is_believed_as_once() {
        var note = Checkpoint.sign(ORIGIN, HEAD, KEY).note();
        var twice = note + note.substring(note.indexOf("\n\n") + 2);

        assertThat(Checkpoint.verify(twice.getBytes(UTF_8), NOTE_KEY)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void further_signatures_of_unknown_keys_are_passed_over() {
        var other = SigningKey.ofSeed(Digest.ofText("witness").bytes());
        var witness = SignedNote.sign("x\n", "witness.test/w", other);
        var note = Checkpoint.sign(ORIGIN, HEAD, KEY).note() + witness.substring(witness.indexOf("\n\n") + 2);

        assertThat(Checkpoint.verify(note.getBytes(UTF_8), NOTE_KEY)).isInstanceOf(Verification.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "venule.test/log\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "venule.test/log\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "venule.test/log\n9999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "venule.test/log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
                "venule.test/log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
                "venule.test/log\n1\n\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "venule.test/log\n1\n",
                "another.test/log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
            })
    void a_rightly_signed_text_that_is_no_checkpoint_of_ours_is_refused(String text) {
        assertRefused(SignedNote.sign(text, ORIGIN, KEY));
    }

    @Test
    void a_note_cut_off_anywhere_is_refused() {
        var note = Checkpoint.sign(ORIGIN, HEAD, KEY).note();
        for (int end = 0; end < note.length(); end++) {
            assertRefused(note.substring(0, end));
        }
    }

    @Test
    void each_changed_byte_of_a_checkpoint_is_found() {
        var note = Checkpoint.sign(ORIGIN, HEAD, KEY).note().getBytes(UTF_8);
        for (int at = 0; at < note.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                var changed = note.clone();
                changed[at] ^= (byte) (1 << bit);

                assertThat(Checkpoint.verify(changed, NOTE_KEY))
                        .as("byte %d bit %d", at, bit)
                        .isInstanceOf(Verification.Refused.class);
            }
        }
    }

    @Test
    void a_verifier_key_has_one_text() {
        var text = NOTE_KEY.text();

        assertThat(NoteKey.parse(text)).contains(NOTE_KEY);
        assertThat(NoteKey.parse(text + "=")).isEmpty();
        assertThat(NoteKey.parse(text.replace(ORIGIN, "venule.test/other"))).isEmpty();
        assertThat(NoteKey.parse("a b" + text)).isEmpty();
        assertThat(NoteKey.parse("")).isEmpty();
        assertThatThrownBy(() -> new NoteKey("a b", KEY.verifyingKey())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NoteKey("a+b", KEY.verifyingKey())).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(String note) {
        assertThat(Checkpoint.verify(note.getBytes(UTF_8), NOTE_KEY)).isInstanceOf(Verification.Refused.class);
    }
}

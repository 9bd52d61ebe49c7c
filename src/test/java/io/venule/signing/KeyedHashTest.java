package io.venule.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Source: RFC 2104; docs/keys.md, "Keyed hashes". */
class KeyedHashTest {
    private final KeyedHash hash = new KeyedHash(new byte[32]);

    @Test
    void it_is_the_HMAC_of_the_canonical_list() throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        var expected = mac.doFinal("[\"bag\",\"B1\",\"L1\",\"2027-01-31\"]".getBytes(StandardCharsets.UTF_8));

        assertThat(hash.bag("B1", "L1", "2027-01-31")).isEqualTo(Digest.ofRaw(expected));
    }

    @Test
    void what_is_moved_from_one_part_to_the_next_changes_it() {
        assertThat(hash.bag("B1", "L1", "")).isNotEqualTo(hash.bag("B", "1L1", ""));
        assertThat(hash.patient("1")).isNotEqualTo(hash.of("bag", "1"));
        assertThat(hash.patient("1"))
                .isNotEqualTo(new KeyedHash(Digest.NONE.hex().substring(32).getBytes(StandardCharsets.US_ASCII))
                        .patient("1"));
    }

    @Test
    void a_key_has_32_bytes_and_is_never_shown() {
        assertThatThrownBy(() -> new KeyedHash(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyedHash(new byte[33])).isInstanceOf(IllegalArgumentException.class);
        assertThat(hash.toString()).doesNotContain("00");
    }
}

package io.venule.store;

import io.venule.audit.Filed;
import io.venule.audit.Leaf;
import io.venule.signing.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at rows as {@link StoredLeaves} gives them, each by itself: number, hash, and what it is filed under. Knows nothing of the tree. */
final class LeafLook {
    private LeafLook() {}

    /** The hashes of the leaves as they are, up to the first row that is wrong; what is wrong with that one, or nothing. */
    record Looked(List<Digest> hashes, String fault) {
        Looked {
            hashes = List.copyOf(hashes);
        }
    }

    static Looked look(long firstIndex, List<byte[]> rows) {
        var hashes = new ArrayList<Digest>(rows.size());
        for (var row : rows) {
            var index = firstIndex + hashes.size();
            var fields = new Fields(row);
            if (fields.index() != index) {
                return new Looked(hashes, "entry " + index + " is missing");
            }
            var leaf = fields.bytes();
            var hash = Leaf.hash(leaf);
            if (!Arrays.equals(hash.bytes(), fields.bytes())) {
                return new Looked(hashes, "entry " + index + " was changed");
            }
            if (!Filed.of(leaf).equals(Optional.of(fields.filed()))) {
                return new Looked(hashes, "entry " + index + " is filed under what it does not say");
            }
            hashes.add(hash);
        }
        return new Looked(hashes, "");
    }

    /** The fields of a row in the order of its columns. */
    private static final class Fields {
        /** In place of a field that is null: no entry says it. */
        private static final byte[] NULL = {0};

        private final ByteBuffer row;

        Fields(byte[] row) {
            this.row = ByteBuffer.wrap(row);
            this.row.getShort();
        }

        long index() {
            return ByteBuffer.wrap(bytes()).getLong();
        }

        byte[] bytes() {
            int length = row.getInt();
            if (length < 0) {
                return NULL;
            }
            var bytes = new byte[length];
            row.get(bytes);
            return bytes;
        }

        Filed filed() {
            return new Filed(text(), text(), text(), text(), text(), text(), text());
        }

        private String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }
    }
}

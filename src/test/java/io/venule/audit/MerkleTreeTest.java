package io.venule.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.signing.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree against the definition of RFC 6962, 2.1, written down as it stands there. */
class MerkleTreeTest {
    private static final int SIZES = 70;

    @Test
    void the_root_grows_as_RFC_6962_defines_it() {
        var random = new Random(6962);
        var frontier = Frontier.EMPTY;
        var leaves = new ArrayList<Digest>();
        for (int size = 0; size <= 1200; size++) {
            if (size <= SIZES || random.nextInt(20) == 0) {
                assertThat(frontier.head()).isEqualTo(new TreeHead(size, naiveRoot(leaves)));
            }
            var leaf = leaf(size);
            frontier = frontier.append(leaf);
            leaves.add(leaf);
        }
    }

    @Test
    void the_published_roots_of_the_reference_tree_are_met() {
        var inputs = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        var frontier = Frontier.EMPTY;
        for (var input : inputs) {
            frontier = frontier.append(Leaf.hash(java.util.HexFormat.of().parseHex(input)));
        }

        assertThat(frontier.head().root().hex())
                .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        assertThat(TreeHead.EMPTY.root().hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void a_proof_from_a_longer_log_or_from_none_is_refused_at_once() {
        HashSource source = (level, index) -> leaf(0);

        assertThatThrownBy(() -> ConsistencyProof.of(11, 10, source)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConsistencyProof.of(0, 10, source)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ConsistencyProof.of(10, 10, source).path()).isEmpty();
    }

    @Test
    void a_frontier_survives_being_stored() {
        var frontier = Frontier.EMPTY;
        for (int size = 0; size <= SIZES; size++) {
            assertThat(Frontier.parse(frontier.bytes())).contains(frontier);
            frontier = frontier.append(leaf(size));
        }
    }

    @Test
    void stored_bytes_of_another_length_are_no_frontier() {
        var bytes =
                Frontier.EMPTY.append(leaf(0)).append(leaf(1)).append(leaf(2)).bytes();

        assertThat(Frontier.parse(java.util.Arrays.copyOf(bytes, bytes.length - 1)))
                .isEmpty();
        assertThat(Frontier.parse(java.util.Arrays.copyOf(bytes, bytes.length + 1)))
                .isEmpty();
        assertThat(Frontier.parse(new byte[7])).isEmpty();
        bytes[0] = (byte) 0x80;
        assertThat(Frontier.parse(bytes)).isEmpty();
    }

    @Test
    void an_append_tells_each_subtree_it_completes() {
        var nodes = new HashMap<String, Digest>();
        var frontier = Frontier.EMPTY;
        var leaves = leaves(64);
        for (var leaf : leaves) {
            frontier = frontier.append(leaf, node -> nodes.put(node.level() + "/" + node.index(), node.hash()));
        }

        assertThat(nodes).hasSize(127);
        assertThat(nodes).containsEntry("6/0", frontier.head().root());
        assertThat(nodes).containsEntry("3/5", naiveRoot(leaves.subList(40, 48)));
    }

    @Test
    void each_leaf_is_proved_in_each_size_and_no_other_leaf_is() {
        for (int size = 1; size <= SIZES; size++) {
            var leaves = leaves(size);
            var head = new TreeHead(size, naiveRoot(leaves));
            for (int index = 0; index < size; index++) {
                var proof = InclusionProof.of(index, size, source(leaves));

                assertThat(proof.holds(leaves.get(index), head)).isTrue();
                assertThat(proof.holds(leaf(-1), head)).isFalse();
                assertThat(proof.holds(leaves.get(index), new TreeHead(size, leaf(-1))))
                        .isFalse();
                assertThat(proof.holds(leaves.get(index), new TreeHead(size + 1, head.root())))
                        .isFalse();
                if (size > 1) {
                    var elsewhere = new InclusionProof((index + 1) % size, size, proof.path());
                    assertThat(elsewhere.holds(leaves.get(index), head)).isFalse();
                }
            }
        }
    }

    @Test
    void each_size_is_proved_to_begin_each_larger_size() {
        var all = leaves(SIZES);
        for (int later = 1; later <= SIZES; later++) {
            var laterHead = new TreeHead(later, naiveRoot(all.subList(0, later)));
            for (int earlier = 1; earlier <= later; earlier++) {
                var earlierHead = new TreeHead(earlier, naiveRoot(all.subList(0, earlier)));
                var proof = ConsistencyProof.of(earlier, later, source(all.subList(0, later)));

                assertThat(proof.holds(earlierHead, laterHead))
                        .as("%d in %d", earlier, later)
                        .isTrue();
                assertThat(proof.holds(new TreeHead(earlier, leaf(-1)), laterHead))
                        .isFalse();
                assertThat(proof.holds(earlierHead, new TreeHead(later, leaf(-1))))
                        .isFalse();
            }
        }
    }

    @Test
    void each_complete_subtree_is_proved_to_be_in_each_size() {
        for (int size = 1; size <= 40; size++) {
            var leaves = leaves(size);
            var head = new TreeHead(size, naiveRoot(leaves));
            for (int level = 0; 1 << level <= size; level++) {
                for (int start = 0; start + (1 << level) <= size; start += 1 << level) {
                    var part = new ProofCheck.Subtree(start, start + (1 << level));
                    var root = naiveRoot(leaves.subList(start, start + (1 << level)));
                    var whole = InclusionProof.of(start, size, source(leaves)).path();
                    var path = whole.subList(level, whole.size());

                    assertThat(ProofCheck.subtreeConsistency(part, head, path, root))
                            .isTrue();
                    assertThat(ProofCheck.subtreeConsistency(part, head, path, leaf(-1)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void a_rewritten_past_has_no_proof() {
        var before = leaves(20);
        var rewritten = new ArrayList<>(leaves(33));
        rewritten.set(7, leaf(-7));
        var proof = ConsistencyProof.of(20, 33, source(rewritten));

        var holds = proof.holds(new TreeHead(20, naiveRoot(before)), new TreeHead(33, naiveRoot(rewritten)));

        assertThat(holds).isFalse();
    }

    @Test
    void a_proof_for_what_is_not_there_is_our_mistake() {
        assertThatThrownBy(() -> InclusionProof.of(5, 5, source(leaves(5))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InclusionProof.of(-1, 5, source(leaves(5))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ConsistencyProof(0, 5, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ConsistencyProof(6, 5, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Digest naiveRoot(List<Digest> leaves) {
        return Digest.ofRaw(naive(leaves));
    }

    private static byte[] naive(List<Digest> leaves) {
        if (leaves.isEmpty()) {
            return TreeHashing.empty();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst().bytes();
        }
        int split = 1;
        while (split * 2 < leaves.size()) {
            split *= 2;
        }
        return TreeHashing.node(naive(leaves.subList(0, split)), naive(leaves.subList(split, leaves.size())));
    }

    private static HashSource source(List<Digest> leaves) {
        return HashSource.ofLeaves((from, end) -> leaves.subList((int) from, (int) end));
    }

    private static List<Digest> leaves(int count) {
        var leaves = new ArrayList<Digest>();
        for (int i = 0; i < count; i++) {
            leaves.add(leaf(i));
        }
        return leaves;
    }

    private static Digest leaf(int number) {
        return Leaf.hash(("entry " + number).getBytes(StandardCharsets.UTF_8));
    }
}

package io.venule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.venule.signing.Digest;
import io.venule.signing.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Published proofs, good and bad, are judged as published. Source: the Merkle vectors of transparency-dev; RFC 6962. */
class ProofVectorsTest {
    @TestFactory
    Stream<DynamicTest> inclusion_proofs() {
        return cases("inclusion", test -> {
            long index = number(test, "leafIdx");
            long size = number(test, "treeSize");
            return index >= 0
                    && index < size
                    && new InclusionProof(index, size, path(test))
                            .holds(digest(test, "leafHash"), new TreeHead(size, digest(test, "root")));
        });
    }

    @TestFactory
    Stream<DynamicTest> consistency_proofs() {
        return cases("consistency", test -> {
            var earlier = new TreeHead(number(test, "size1"), digest(test, "root1"));
            var later = new TreeHead(number(test, "size2"), digest(test, "root2"));
            return earlier.size() >= 1
                    && later.size() >= earlier.size()
                    && new ConsistencyProof(earlier.size(), later.size(), path(test)).holds(earlier, later);
        });
    }

    @TestFactory
    Stream<DynamicTest> subtree_inclusion_proofs() {
        return cases("subtreeinclusion", test -> {
            var part = new ProofCheck.Subtree(number(test, "start"), number(test, "end"));
            var leafed = new ProofCheck.Leafed(digest(test, "leafHash"), digest(test, "root"));
            return ProofCheck.inclusionInSubtree(number(test, "leafIdx"), part, path(test), leafed);
        });
    }

    @TestFactory
    Stream<DynamicTest> subtree_consistency_proofs() {
        return cases("subtreeconsistency", test -> {
            var part = new ProofCheck.Subtree(number(test, "start"), number(test, "end"));
            var head = new TreeHead(number(test, "size"), digest(test, "root2"));
            return ProofCheck.subtreeConsistency(part, head, path(test), digest(test, "root1"));
        });
    }

    @Test
    void all_518_published_cases_are_judged() {
        var judged = Stream.of(
                        inclusion_proofs(),
                        consistency_proofs(),
                        subtree_inclusion_proofs(),
                        subtree_consistency_proofs())
                .mapToLong(Stream::count)
                .sum();

        assertThat(judged)
                .isEqualTo(518)
                .isEqualTo(files(Vectors.folder("merkle")).size());
    }

    private static Stream<DynamicTest> cases(String kind, Predicate<JsonNode> holds) {
        var folder = Vectors.folder("merkle/" + kind);
        return files(folder).stream()
                .map(file -> DynamicTest.dynamicTest(folder.relativize(file).toString(), () -> {
                    var test = Vectors.json(file);

                    var held = wellFormed(test) && holds.test(test);

                    assertThat(held)
                            .as(test.get("desc").asText())
                            .isNotEqualTo(test.get("wantErr").asBoolean());
                }));
    }

    /** Numbers beyond 2^63 − 1, and leaves and steps of another length, have no form in our types. */
    private static boolean wellFormed(JsonNode test) {
        boolean numbers = Stream.of("leafIdx", "treeSize", "size1", "size2", "start", "end", "size")
                .filter(test::has)
                .allMatch(name -> new BigInteger(test.get(name).asText()).bitLength() <= 63);
        var hashes = new ArrayList<String>();
        test.get("proof").forEach(step -> hashes.add(step.asText()));
        if (test.has("leafHash")) {
            hashes.add(test.get("leafHash").asText());
        }
        return numbers && hashes.stream().allMatch(hash -> Base64.getDecoder().decode(hash).length == 32);
    }

    private static long number(JsonNode test, String name) {
        return test.get(name).asLong();
    }

    private static Digest digest(JsonNode test, String name) {
        return digest(test.get(name).asText());
    }

    private static List<Digest> path(JsonNode test) {
        var path = new ArrayList<Digest>();
        test.get("proof").forEach(step -> path.add(digest(step.asText())));
        return path;
    }

    /** A root of another length has no form in our types; another hash stands for it. */
    private static Digest digest(String base64) {
        var raw = Base64.getDecoder().decode(base64);
        return raw.length == 32 ? Digest.ofRaw(raw) : Digest.ofText("in place of " + base64);
    }

    private static List<Path> files(Path folder) {
        try (var walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

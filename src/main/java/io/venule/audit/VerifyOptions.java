package io.venule.audit;

import io.venule.signing.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line of {@link VerifyLog} says.
 *
 * @param root a file with the public key of the root that certifies keys of orders and releases
 * @param token a file with a bearer token
 * @param witnesses a file with a witness's verifier key in each line
 * @param need how many of those must have cosigned
 */
record VerifyOptions(
        String source, Path key, Optional<Path> root, Optional<Path> token, Optional<Path> witnesses, int need) {
    static final String USAGE = """
            usage: ops/verify-log SOURCE --key FILE [--root FILE] [--token FILE] [--witnesses FILE [--need N]]
              SOURCE      a directory that a log was exported to, http(s)://…/audit/log, or a bundle.zip of entries with proofs
              --key       the log's verifier key (log.vkey), from somebody else than the source
              --root      the root's public key (root.pub), from somebody else than the source; without it, orders and releases are not judged
              --token     a bearer token for a served log that asks for one
              --witnesses the verifier keys of witnesses, one a line, from somebody else than the source
              --need      how many of them must have cosigned; 1 where it is not said""";

    private static final Set<String> NAMES = Set.of("--key", "--root", "--token", "--witnesses", "--need");

    /** Empty where the words are none of that kind. */
    static Optional<VerifyOptions> of(List<String> words) {
        var said = new HashMap<String, String>();
        for (int i = 1; i < words.size(); i += 2) {
            var fresh = NAMES.contains(words.get(i)) && i + 1 < words.size();
            if (!fresh || said.put(words.get(i), words.get(i + 1)) != null) {
                return Optional.empty();
            }
        }
        var need = Map.copyOf(said).getOrDefault("--need", said.containsKey("--witnesses") ? "1" : "0");
        if (!said.containsKey("--key")
                || !need.matches("[0-9]{1,3}")
                || (said.containsKey("--need") && !said.containsKey("--witnesses"))) {
            return Optional.empty();
        }
        return Optional.of(new VerifyOptions(
                words.getFirst(),
                Path.of(said.getOrDefault("--key", "")),
                Optional.ofNullable(said.get("--root")).map(Path::of),
                Optional.ofNullable(said.get("--token")).map(Path::of),
                Optional.ofNullable(said.get("--witnesses")).map(Path::of),
                Integer.parseInt(need)));
    }

    /** The keys that whoever asks trusts. */
    LogVerifier.Trusted keys() {
        return new LogVerifier.Trusted(KeyFiles.noteKey(key), root.map(KeyFiles::verifyingKey));
    }

    /** The keys of the witnesses whose word counts. */
    List<WitnessKey> trusted() throws IOException {
        if (witnesses.isEmpty()) {
            return List.of();
        }
        return Files.readAllLines(witnesses.get()).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> WitnessKey.parse(line)
                        .orElseThrow(() -> new IllegalArgumentException("not a witness's verifier key: " + line)))
                .distinct()
                .toList();
    }
}

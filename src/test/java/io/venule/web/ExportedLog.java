package io.venule.web;

import io.venule.audit.LogFiles;
import io.venule.audit.LogVerifier;
import io.venule.signing.KeyFiles;
import io.venule.stack.Api;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/** The whole log as an auditor downloads it, and the keys that the auditor has from elsewhere. */
final class ExportedLog {
    private ExportedLog() {}

    /** The log's own key from this folder, and no other. */
    static LogVerifier.Trusted logKey(Path keys) {
        return new LogVerifier.Trusted(KeyFiles.noteKey(keys.resolve("log.vkey")), Optional.empty());
    }

    /** The root's key, too. */
    static LogVerifier.Trusted logAndRootKey(Path keys) {
        return new LogVerifier.Trusted(
                KeyFiles.noteKey(keys.resolve("log.vkey")),
                Optional.of(KeyFiles.verifyingKey(keys.resolve("root.pub"))));
    }

    static LogVerifier.Verdict judged(Api api, LogVerifier.Trusted keys) throws IOException, InterruptedException {
        var zipped =
                api.get("auditor", "/api/v1/audit/export").expect(200).body().bytes();
        var files = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (var file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
                files.put(file.getName(), zip.readAllBytes());
            }
        }
        LogFiles exported = name -> Optional.ofNullable(files.get(name));
        return LogVerifier.verify(exported, keys, (_, _) -> {});
    }
}

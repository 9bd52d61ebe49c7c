package io.venule.web.library;

import io.venule.druglibrary.LibraryVersion;
import io.venule.release.LibraryTable;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A kept release as a file: its entries as a table for a spreadsheet, or its exact bytes. Source: EXPECTATIONS row 24. */
@Singleton
final class ReleaseDownloads {
    /** With the byte-order mark by which spreadsheets know it. */
    static final String TABLE = "text/csv";

    private final ReleaseComparison comparison;

    ReleaseDownloads(ReleaseComparison comparison) {
        this.comparison = comparison;
    }

    Response table(String sha256) {
        var release = comparison.release(sha256);
        return file(
                LibraryTable.of(release), TABLE + "; charset=utf-8; header=present", named(release.version(), "csv"));
    }

    Response bytes(String sha256) {
        return file(
                comparison.bytes(sha256),
                MediaType.APPLICATION_JSON,
                named(comparison.release(sha256).version(), "json"));
    }

    /** Two releases may have one counter, so the hash is in the name. */
    private static String named(LibraryVersion version, String ending) {
        return "library-release-" + version.counter() + "-" + version.sha256().substring(0, 8) + "." + ending;
    }

    private static Response file(byte[] content, String type, String name) {
        return Response.ok(content)
                .type(type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }
}

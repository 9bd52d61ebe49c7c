package io.venule.web.library;

import io.venule.druglibrary.LibraryVersion;
import io.venule.release.LibraryTable;
import io.venule.release.Release;
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
                LibraryTable.of(release),
                TABLE + "; charset=utf-8; header=present",
                named("release", release.version(), "csv"));
    }

    Response bytes(String sha256) {
        return whole("release", comparison.release(sha256));
    }

    /** Its exact bytes, as a file that is named for what it is. */
    static Response whole(String what, Release release) {
        return file(release.canonicalBytes(), MediaType.APPLICATION_JSON, named(what, release.version(), "json"));
    }

    /** Two releases may have one counter, so the hash is in the name. */
    static String named(String what, LibraryVersion version, String ending) {
        return "library-" + what + "-" + version.counter() + "-"
                + version.sha256().substring(0, 8) + "." + ending;
    }

    private static Response file(byte[] content, String type, String name) {
        return Response.ok(content)
                .type(type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }
}

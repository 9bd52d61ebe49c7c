package io.venule.stack;

import io.venule.signing.KeyFiles;
import io.venule.signing.MakeKeys;
import io.venule.signing.OrderBatch;
import io.venule.signing.OrderKeys;
import io.venule.signing.VerifyingKey;
import io.venule.simulator.FleetCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a stack: the hospital's own, made by the same code as an installation's, and the fleet's certificates. The hospital's
 * keys and the fleet authority are kept with the data, so pumps keep their certificates; the server's own are issued anew at each start.
 */
final class DemoKeys {
    /** The wards that the demo's pumps stand in; each has its own order keys. */
    static final List<String> WARDS = List.of("ICU", "MED");

    /** A demo that keeps its data goes on for days; each start makes order keys for so many more. */
    private static final int DAYS = 7;

    /** Clinical mode looks for a file of this name beside the keys. Source: docs/configuration.md. */
    private static final String MARK = "demo-keys";

    private static final String APPLICATION_URI = "urn:venule:server";

    private final Path keys;
    private final Path opcua;
    private final FleetCa authority;

    private DemoKeys(Path keys, Path opcua, FleetCa authority) {
        this.keys = keys;
        this.opcua = opcua;
        this.authority = authority;
    }

    static DemoKeys in(RunFolder folder, List<String> wards) throws IOException {
        var clock = InstantSource.system();
        var random = new SecureRandom();
        if (!Files.exists(folder.keys())) {
            MakeKeys.into(folder.keys(), clock, random, new OrderBatch(DAYS, wards));
            Files.writeString(folder.keys().resolve(MARK), "Made by the demo. Clinical mode refuses these keys.\n");
        }
        renew(folder.keys(), wards, clock.instant(), random);
        var authority = FleetCa.keptIn(folder.data("fleet"), "Venule demo fleet", clock.instant(), random);
        var made = new DemoKeys(folder.keys(), folder.data("opcua"), authority);
        made.issue();
        return made;
    }

    /** Makes more order keys once less than half of the days are left. */
    private static void renew(Path keys, List<String> wards, Instant now, SecureRandom random) throws IOException {
        var root = KeyFiles.signingKey(keys.resolve("root.key"));
        var there = OrderKeys.in(keys.resolve(OrderKeys.FOLDER), root.verifyingKey());
        var enough = now.plus(Duration.ofDays(DAYS).dividedBy(2));
        if (wards.stream().anyMatch(ward -> there.lastUntil(ward, now).isBefore(enough))) {
            MakeKeys.moreOrders(keys, root, now, random, new OrderBatch(DAYS, wards));
        }
    }

    private void issue() throws IOException {
        var server = authority.issueApplication("venule", APPLICATION_URI);
        var user = authority.issueUser("venule");
        write("server.pem", server.certificatePem());
        write("server.key", server.privateKeyPem());
        write("user.pem", user.certificatePem());
        write("user.key", user.privateKeyPem());
        write("fleet-ca.pem", authority.certificatePem());
        write("fleet-ca.crl", authority.revocationListPem());
    }

    private void write(String name, String content) throws IOException {
        var file = opcua.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    FleetCa fleetAuthority() {
        return authority;
    }

    /** The hospital's root, which pumps trust from enrolment. */
    VerifyingKey root() {
        return KeyFiles.verifyingKey(keys.resolve("root.pub"));
    }

    /** As witnesses and auditors take it. */
    String logVerifierKey() {
        return KeyFiles.noteKey(keys.resolve("log.vkey")).text();
    }

    Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("venule.keys.directory", keys.toString());
        settings.put(
                "venule.audit.origin",
                KeyFiles.noteKey(keys.resolve("log.vkey")).name());
        settings.put("venule.audit.memory", keys.resolveSibling("log-memory").toString());
        settings.put("venule.opcua.certificate", opcua.resolve("server.pem").toString());
        settings.put("venule.opcua.private-key", opcua.resolve("server.key").toString());
        settings.put("venule.opcua.user-certificate", opcua.resolve("user.pem").toString());
        settings.put("venule.opcua.user-private-key", opcua.resolve("user.key").toString());
        settings.put(
                "venule.opcua.fleet-authority", opcua.resolve("fleet-ca.pem").toString());
        settings.put(
                "venule.opcua.revocation-list", opcua.resolve("fleet-ca.crl").toString());
        return settings;
    }
}

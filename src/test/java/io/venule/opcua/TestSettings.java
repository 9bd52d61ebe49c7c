package io.venule.opcua;

import io.venule.simulator.FleetCa;
import io.venule.simulator.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings with impatient times, and the files they name.
 *
 * @param asleep whether a session does nothing by itself for as long as a test lasts
 */
record TestSettings(Path folder, Duration connectTimeout, boolean asleep) implements OpcUaSettings {
    private static final Duration LONG = Duration.ofMinutes(10);

    TestSettings(Path folder, Duration connectTimeout) {
        this(folder, connectTimeout, false);
    }

    TestSettings(Path folder) {
        this(folder, Duration.ofSeconds(5));
    }

    static TestSettings asleep(Path folder) {
        return new TestSettings(folder, Duration.ofSeconds(5), true);
    }

    static TestSettings write(Path folder, FleetCa ca, Identity application) {
        return write(folder, ca, application, ca.issueUser("venule"));
    }

    static TestSettings write(Path folder, FleetCa ca, Identity application, Identity user) {
        try {
            Files.writeString(folder.resolve("hub.pem"), application.certificatePem());
            Files.writeString(folder.resolve("hub.key"), application.privateKeyPem());
            Files.writeString(folder.resolve("user.pem"), user.certificatePem());
            Files.writeString(folder.resolve("user.key"), user.privateKeyPem());
            Files.writeString(folder.resolve("ca.pem"), ca.certificatePem());
            Files.writeString(folder.resolve("crl.pem"), ca.revocationListPem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestSettings(folder);
    }

    @Override
    public Path certificate() {
        return folder.resolve("hub.pem");
    }

    @Override
    public Path privateKey() {
        return folder.resolve("hub.key");
    }

    @Override
    public Path userCertificate() {
        return folder.resolve("user.pem");
    }

    @Override
    public Path userPrivateKey() {
        return folder.resolve("user.key");
    }

    @Override
    public Path fleetAuthority() {
        return folder.resolve("ca.pem");
    }

    @Override
    public Path revocationList() {
        return folder.resolve("crl.pem");
    }

    @Override
    public String userTokenPolicy() {
        return "x509";
    }

    @Override
    public Duration requestTimeout() {
        return Duration.ofSeconds(3);
    }

    @Override
    public Duration keepAlive() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration publishing() {
        return Duration.ofMillis(100);
    }

    @Override
    public Duration statusEvery() {
        return asleep ? LONG : Duration.ofMillis(200);
    }

    @Override
    public Duration statusIdleEvery() {
        return asleep ? LONG : Duration.ofSeconds(1);
    }

    @Override
    public Duration headEvery() {
        return asleep ? LONG : Duration.ofSeconds(1);
    }

    @Override
    public Duration retryLeast() {
        return Duration.ofMillis(100);
    }

    @Override
    public Duration retryMost() {
        return Duration.ofMillis(400);
    }

    @Override
    public Duration leaseTime() {
        return Duration.ofSeconds(6);
    }

    @Override
    public Duration leaseMargin() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration leaseEvery() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int handshakes() {
        return 4;
    }

    @Override
    public int transfers() {
        return 4;
    }

    @Override
    public int mailbox() {
        return 1_000;
    }

    @Override
    public int eventQueue() {
        return 1_000;
    }

    @Override
    public int readBatch() {
        return 3;
    }

    @Override
    public int libraryBlock() {
        return 500;
    }
}

package io.venule.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One certificate for servers of these names, which is also what those trust who connect to them, and its key; made by the JDK's own tool. The names stand in {@link #hosts}, which
 * Java reads instead of asking the network.
 */
final class ServerTls {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String ALIAS = "server";
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path folder;
    private final String password;

    private ServerTls(Path folder, String password) {
        this.folder = folder;
        this.password = password;
    }

    static ServerTls make(Path folder, Secrets secrets, List<String> names) throws IOException, InterruptedException {
        var made = new ServerTls(Files.createDirectories(folder), secrets.of("tls"));
        made.write("password", made.password);
        var alternatives = names.stream().map(name -> "dns:" + name).collect(Collectors.joining(","));
        made.keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                "CN=server",
                "-ext",
                "san=" + alternatives);
        try {
            var store = KeyStore.getInstance(made.keyStore().toFile(), made.password.toCharArray());
            var certificate = store.getCertificate(ALIAS);
            made.write("server.pem", pem("CERTIFICATE", certificate.getEncoded()));
            made.write(
                    "server.key",
                    pem(
                            "PRIVATE KEY",
                            store.getKey(ALIAS, made.password.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate cannot be read again", e);
        }
        made.write(
                "hosts", names.stream().map(name -> "127.0.0.1 " + name + "\n").collect(Collectors.joining()));
        return made;
    }

    private void keytool(String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of(
                "-alias", ALIAS, "-storetype", "PKCS12", "-keystore", keyStore().toString()));
        command.addAll(List.of("-storepass:file", folder.resolve("password").toString()));
        try (var tool = ChildProcess.start("keytool", new ProcessBuilder(command), folder.resolve("keytool.log"))) {
            tool.awaitExit(LIMIT);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + PEM.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private void write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    Path keyStore() {
        return folder.resolve("server.p12");
    }

    /** Of the store. */
    String password() {
        return password;
    }

    /** In PEM, as {@link #key}. */
    Path certificate() {
        return folder.resolve("server.pem");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    /** Names and addresses, as the JDK's {@code jdk.net.hosts.file} takes them. */
    Path hosts() {
        return folder.resolve("hosts");
    }

    /** What PostgreSQL is told. */
    Map<String, String> postgres() {
        return Map.of(
                "ssl", "on",
                "ssl_cert_file", certificate().toString(),
                "ssl_key_file", key().toString());
    }
}

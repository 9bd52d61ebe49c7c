package io.venule.pki;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * Where a fleet authority keeps its key, its certificate, all that it issued, and its list of revoked certificates: {@code ca.key}, {@code ca.pem},
 * {@code ca.crl}, {@code issued/SERIAL.pem} and {@code revoked}, one serial number a line.
 */
final class AuthorityFolder {
    /** How long a list holds: who forgets to renew it for so long finds no pump believed, and is told so. */
    static final Duration LIST = Duration.ofDays(30);

    private static final String KEY = "ca.key";
    private static final String CERTIFICATE = "ca.pem";
    private static final String LISTED = "ca.crl";
    private static final String REVOKED = "revoked";
    private static final String ISSUED = "issued";

    private final Path folder;
    private final FleetAuthority authority;

    private AuthorityFolder(Path folder, FleetAuthority authority) {
        this.folder = folder;
        this.authority = authority;
    }

    /** Makes an authority into a new or empty place. */
    static AuthorityFolder init(Path folder, String name, Instant now, SecureRandom random)
            throws IOException, GeneralSecurityException {
        for (var file : List.of(KEY, CERTIFICATE, LISTED, REVOKED)) {
            if (Files.exists(folder.resolve(file))) {
                throw new FileAlreadyExistsException(folder.resolve(file).toString());
            }
        }
        Files.createDirectories(folder.resolve(ISSUED));
        var lifetime = FleetAuthority.Lifetime.of(now, FleetAuthority.LIFETIME);
        var made = new AuthorityFolder(folder, FleetAuthority.create(name, lifetime, random));
        made.write(KEY, pem(made.authority.keys().getPrivate()));
        made.write(CERTIFICATE, pem(made.authority.certificate()));
        made.write(REVOKED, "");
        made.renewList(now);
        return made;
    }

    /** The authority that is there. */
    static AuthorityFolder of(Path folder, SecureRandom random) throws IOException, GeneralSecurityException {
        var certificate = certificate(folder.resolve(CERTIFICATE));
        try (var parser = new PEMParser(new StringReader(Files.readString(folder.resolve(KEY))))) {
            if (parser.readObject() instanceof PrivateKeyInfo key) {
                var pair = new KeyPair(certificate.getPublicKey(), new JcaPEMKeyConverter().getPrivateKey(key));
                return new AuthorityFolder(folder, FleetAuthority.of(pair, certificate, random));
            }
        }
        throw new GeneralSecurityException("no private key in " + folder.resolve(KEY));
    }

    FleetAuthority authority() {
        return authority;
    }

    /** Keeps what was issued. */
    void keep(X509Certificate certificate) throws IOException {
        write(ISSUED + "/" + certificate.getSerialNumber().toString(16) + ".pem", pem(certificate));
    }

    /** All that was issued, the oldest first. */
    List<X509Certificate> issued() throws IOException, GeneralSecurityException {
        var all = new ArrayList<X509Certificate>();
        try (var files = Files.list(folder.resolve(ISSUED))) {
            for (var file :
                    files.filter(name -> name.toString().endsWith(".pem")).toList()) {
                all.add(certificate(file));
            }
        }
        all.sort(java.util.Comparator.comparing(X509Certificate::getNotBefore)
                .thenComparing(X509Certificate::getSerialNumber));
        return List.copyOf(all);
    }

    Set<BigInteger> revoked() throws IOException {
        return Files.readAllLines(folder.resolve(REVOKED)).stream()
                .filter(line -> !line.isBlank())
                .map(line -> new BigInteger(line.strip(), 16))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /** Revokes a certificate and makes the next list. */
    void revoke(BigInteger serial, Instant now) throws IOException, GeneralSecurityException {
        Files.writeString(folder.resolve(REVOKED), serial.toString(16) + "\n", StandardOpenOption.APPEND);
        renewList(now);
    }

    /** Makes the list anew, to hold from now; its number is its time, so that it only rises. */
    void renewList(Instant now) throws IOException, GeneralSecurityException {
        var lifetime = new FleetAuthority.Lifetime(now, now.plus(LIST));
        var list = authority.revoked(revoked(), BigInteger.valueOf(now.toEpochMilli()), lifetime);
        var next = folder.resolve(LISTED + ".next");
        Files.writeString(next, pem(list));
        Files.move(next, folder.resolve(LISTED), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (var parser = new PEMParser(new StringReader(Files.readString(file)))) {
            if (parser.readObject() instanceof X509CertificateHolder holder) {
                return new JcaX509CertificateConverter().getCertificate(holder);
            }
        }
        throw new GeneralSecurityException("no certificate in " + file);
    }

    static String pem(Object value) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(value instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : value);
        }
        return text.toString();
    }

    /** Makes a new file that only its owner reads; an existing one stays as it is and throws. */
    private void write(String name, String content) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(folder.resolve(name), options, ownerOnly)) {
            var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}

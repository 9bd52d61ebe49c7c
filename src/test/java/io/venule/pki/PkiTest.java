package io.venule.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.RsaPss;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source: docs/pki.md; pump contract, "Transport". */
class PkiTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String URI = "urn:venule:pump:LV-1";

    private static KeyPair pump;
    private static KeyPair next;

    static {
        RsaPss.install();
        pump = keys(2048);
        next = keys(2048);
    }

    @TempDir
    private Path place;

    private Path ca = Path.of("ca");
    private int requests;
    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void provider() {
        RsaPss.install();
    }

    @BeforeEach
    void init() {
        ca = place.resolve("ca");
        assertThat(run("init")).isZero();
    }

    private int run(String verb, Object... rest) {
        return runAt(NOW, verb, rest);
    }

    private int runAt(Instant at, String verb, Object... rest) {
        var arguments = new ArrayList<>(List.of(verb, ca.toString()));
        for (var argument : rest) {
            arguments.add(argument.toString());
        }
        said.clear();
        return Pki.run(arguments, at, said::add);
    }

    @Test
    void an_authority_is_made_once_and_its_key_is_for_its_owner_only() throws Exception {
        var before = Files.readString(ca.resolve("ca.key"));

        assertThat(run("init")).isEqualTo(1);

        assertThat(Files.readString(ca.resolve("ca.key"))).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ca.resolve("ca.key"))))
                .isEqualTo("rw-------");
        assertThat(list().getRevokedCertificates()).isNull();
        list().verify(authority().getPublicKey());
    }

    @Test
    void a_pump_is_certified_for_what_opc_ua_needs_and_under_the_names_it_asked_for() throws Exception {
        assertThat(run("enrol", ca(request("LV-1", pump, names(URI), true)), place.resolve("lv-1.pem")))
                .isZero();

        var certificate = certificates("lv-1.pem").getFirst();
        certificate.verify(authority().getPublicKey());
        assertThat(certificate.getPublicKey()).isEqualTo(pump.getPublic());
        assertThat(certificate.getBasicConstraints()).as("not an authority").isEqualTo(-1);
        assertThat(certificate.getKeyUsage()).startsWith(true, true, true, true, false, false);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectAlternativeNames().toString()).contains(URI, "pump-1.hospital.example");
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(398)));
        assertThat(run("list")).isZero();
        assertThat(said).singleElement().asString().contains("in force", URI);
    }

    @Test
    void a_request_that_is_not_proven_or_asks_for_other_names_is_refused() throws Exception {
        assertRefused(request("LV-1", pump, names(URI), false));
        assertRefused(request("LV-1", keys(1024), names(URI), true));
        assertRefused(request("LV-1", pump, names(URI, "urn:another"), true));
        assertRefused(request("LV-1", pump, names(), true));
        assertRefused(request(
                "LV-1", pump, new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, URI)), true));
        assertRefused(request("../LV-1", pump, names(URI), true));
        assertRefused("noise");
    }

    private void assertRefused(String request) throws IOException {
        assertThat(run("enrol", ca(request), place.resolve("refused.pem"))).isEqualTo(1);
        assertThat(place.resolve("refused.pem")).doesNotExist();
    }

    @Test
    void one_that_has_a_certificate_in_force_is_rotated_and_gets_both() throws Exception {
        var first = ca(request("LV-1", pump, names(URI), true));
        var second = ca(request("LV-1", next, names(URI), true));
        assertThat(run("rotate", second, place.resolve("too-early.pem"))).isEqualTo(1);
        assertThat(run("enrol", first, place.resolve("lv-1.pem"))).isZero();
        assertThat(run("enrol", second, place.resolve("twice.pem"))).isEqualTo(1);
        assertThat(run("rotate", first, place.resolve("same-key.pem"))).isEqualTo(1);

        assertThat(runAt(NOW.plus(Duration.ofDays(300)), "rotate", second, place.resolve("both.pem")))
                .isZero();

        var both = certificates("both.pem");
        assertThat(both).extracting(X509Certificate::getPublicKey).containsExactly(next.getPublic(), pump.getPublic());
        assertThat(run("enrol", first, place.resolve("lv-1.pem")))
                .as("nothing is overwritten")
                .isEqualTo(1);
    }

    @Test
    void a_revoked_certificate_stands_in_each_list_from_then_on_and_lists_only_get_newer() throws Exception {
        run("enrol", ca(request("LV-1", pump, names(URI), true)), place.resolve("lv-1.pem"));
        var certificate = certificates("lv-1.pem").getFirst();
        var before = list();

        assertThat(runAt(NOW.plusSeconds(1), "revoke", place.resolve("lv-1.pem")))
                .isZero();

        assertThat(before.isRevoked(certificate)).isFalse();
        assertThat(list().isRevoked(certificate)).isTrue();
        assertThat(list().getThisUpdate()).isAfter(before.getThisUpdate());
        assertThat(list().getNextUpdate().toInstant())
                .isEqualTo(NOW.plusSeconds(1).plus(Duration.ofDays(30)));
        assertThat(runAt(NOW.plus(Duration.ofDays(20)), "renew-list")).isZero();
        assertThat(list().isRevoked(certificate)).isTrue();
        assertThat(run("revoke", certificate.getSerialNumber().toString(16)))
                .as("already")
                .isEqualTo(1);
        assertThat(run("revoke", "12ab")).as("never issued").isEqualTo(1);
        run("list");
        assertThat(said).singleElement().asString().contains("revoked");
        assertThat(run("enrol", ca(request("LV-1", next, names(URI), true)), place.resolve("again.pem")))
                .as("who has none in force is enrolled")
                .isZero();
    }

    @Test
    void the_server_s_user_gets_a_certificate_that_is_none_of_an_application() throws Exception {
        assertThat(run("user", ca(request("venule", pump, names(URI), true)), place.resolve("user.pem")))
                .isZero();

        var user = certificates("user.pem").getFirst();
        assertThat(user.getSubjectAlternativeNames()).isNull();
        assertThat(user.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    void a_file_that_is_not_there_is_named_with_what_to_do() {
        assertThat(Pki.missing(new NoSuchFileException("pump.csr")))
                .isEqualTo(
                        "Nothing made: there is no file pump.csr. Name one that is there, or a serial that ops/pki list"
                                + " shows.");
        assertThat(run("revoke", "nonsense")).isEqualTo(1);
    }

    @Test
    void wrong_use_is_told() {
        assertThat(Pki.run(List.of(), NOW, said::add)).isEqualTo(2);
        assertThat(run("enrol")).isEqualTo(2);
        assertThat(run("burn", "x")).isEqualTo(2);
    }

    private Path ca(String request) throws IOException {
        return Files.writeString(place.resolve("request-" + ++requests + ".csr"), request);
    }

    private static GeneralNames names(String... uris) {
        var all = new ArrayList<GeneralName>();
        for (var uri : uris) {
            all.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        }
        all.add(new GeneralName(GeneralName.dNSName, "pump-1.hospital.example"));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    /** A request that also asks to be an authority, which nobody heeds. */
    private static String request(String name, KeyPair keys, GeneralNames names, boolean signedByItself)
            throws Exception {
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, names);
        extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        var signer = signedByItself ? keys : next;
        var request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + name), keys.getPublic())
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate()));
        return AuthorityFolder.pem(request);
    }

    private static KeyPair keys(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate authority() throws IOException, GeneralSecurityException {
        return AuthorityFolder.certificate(ca.resolve("ca.pem"));
    }

    private X509CRL list() throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(ca.resolve("ca.crl"))) {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
        }
    }

    private List<X509Certificate> certificates(String file) throws IOException, GeneralSecurityException {
        var bytes = Files.readString(place.resolve(file)).getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}

package io.venule.pki;

import io.venule.pki.FleetAuthority.Lifetime;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The command {@code ops/pki}: makes a fleet authority, certifies what pumps and the server ask for, renews and revokes. It overwrites nothing but the list of revoked
 * certificates. Source: docs/pki.md.
 */
public final class Pki {
    private static final Duration APPLICATION = Duration.ofDays(398);
    private static final String USAGE = """
            usage: ops/pki init DIR [NAME]
                   ops/pki enrol DIR REQUEST OUT          certify a pump or the server
                   ops/pki user DIR REQUEST OUT           certify the server's user
                   ops/pki rotate DIR REQUEST OUT         the next certificate of one that has one: OUT gets both
                   ops/pki revoke DIR SERIAL|CERTIFICATE  and make the next list
                   ops/pki renew-list DIR                 make the list anew before it runs out
                   ops/pki list DIR""";

    private final Path folder;
    private final Instant now;
    private final SecureRandom random;
    private final Consumer<String> out;

    Pki(Path folder, Instant now, SecureRandom random, Consumer<String> out) {
        this.folder = folder;
        this.now = now;
        this.random = random;
        this.out = out;
    }

    /** Exits 0 when done, 1 when refused, 2 on wrong use. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), InstantSource.system().instant(), System.out::println));
    }

    static int run(List<String> arguments, Instant now, Consumer<String> out) {
        if (arguments.size() < 2) {
            System.err.println(USAGE);
            return 2;
        }
        var command = new Pki(Path.of(arguments.get(1)), now, new SecureRandom(), out);
        try {
            var refused = command.does(arguments.getFirst(), arguments.subList(2, arguments.size()));
            refused.ifPresent(System.err::println);
            return refused.isEmpty() ? 0 : refused.get().equals(USAGE) ? 2 : 1;
        } catch (FileAlreadyExistsException e) {
            System.err.println("Nothing made: " + e.getMessage() + " exists and is not overwritten.");
            return 1;
        } catch (NoSuchFileException e) {
            System.err.println(missing(e));
            return 1;
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("Nothing made: a file cannot be used: " + e.getMessage());
            return 1;
        }
    }

    static String missing(NoSuchFileException e) {
        return "Nothing made: there is no file " + e.getFile()
                + ". Name one that is there, or a serial that ops/pki list shows.";
    }

    /** Why it was not done; empty when it was. */
    Optional<String> does(String verb, List<String> rest) throws IOException, GeneralSecurityException {
        return switch (verb + " " + rest.size()) {
            case "init 0" -> init("Venule fleet");
            case "init 1" -> init(rest.getFirst());
            case "enrol 2" -> certify(rest, false);
            case "user 2" -> certify(rest, true);
            case "rotate 2" -> rotate(rest);
            case "revoke 1" -> revoke(rest.getFirst());
            case "renew-list 0" -> renew();
            case "list 0" -> list();
            default -> Optional.of(USAGE);
        };
    }

    private Optional<String> init(String name) throws IOException, GeneralSecurityException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")) {
            return Optional.of("An authority's name has letters, digits, space and . _ - only.");
        }
        AuthorityFolder.init(folder, name, now, random);
        out.accept("Authority made in " + folder
                + ". ca.pem and ca.crl go to the server and to each pump; ca.key stays offline.");
        return Optional.empty();
    }

    private AuthorityFolder there() throws IOException, GeneralSecurityException {
        return AuthorityFolder.of(folder, random);
    }

    private Optional<String> certify(List<String> files, boolean user) throws IOException, GeneralSecurityException {
        return switch (Request.read(Files.readString(Path.of(files.getFirst())))) {
            case Request.Reading.Refused(var reason) -> Optional.of("Refused: " + reason + ".");
            case Request.Reading.Good(var request) -> {
                var there = there();
                var refusal = user ? Optional.<String>empty() : notNew(there, request);
                if (refusal.isEmpty()) {
                    give(Path.of(files.getLast()), issue(there, request, user), "");
                }
                yield refusal;
            }
        };
    }

    private Optional<String> notNew(AuthorityFolder there, Request request)
            throws IOException, GeneralSecurityException {
        if (!request.isOfAnApplication()) {
            return Optional.of("Refused: an application has one URI, and host names or addresses, and no other names.");
        }
        return inForce(there, request.applicationUri().orElseThrow()).isEmpty()
                ? Optional.empty()
                : Optional.of("Refused: " + request.applicationUri().orElseThrow()
                        + " has a certificate in force; rotate it, or revoke it first.");
    }

    private Optional<String> rotate(List<String> files) throws IOException, GeneralSecurityException {
        return switch (Request.read(Files.readString(Path.of(files.getFirst())))) {
            case Request.Reading.Refused(var reason) -> Optional.of("Refused: " + reason + ".");
            case Request.Reading.Good(var request) -> {
                var there = there();
                var old = request.isOfAnApplication()
                        ? inForce(there, request.applicationUri().orElseThrow())
                        : List.<X509Certificate>of();
                if (old.isEmpty()) {
                    yield Optional.of("Refused: nothing in force to rotate; enrol it.");
                }
                if (old.getLast().getPublicKey().equals(request.key())) {
                    yield Optional.of("Refused: the request asks for the old key again.");
                }
                var last = AuthorityFolder.pem(old.getLast());
                give(Path.of(files.getLast()), issue(there, request, false), last);
                yield Optional.empty();
            }
        };
    }

    /** Those of this application that neither ended nor were revoked, the oldest first. */
    private List<X509Certificate> inForce(AuthorityFolder there, String uri)
            throws IOException, GeneralSecurityException {
        var revoked = there.revoked();
        return there.issued().stream()
                .filter(certificate -> uri.equals(uriOf(certificate)))
                .filter(certificate -> !revoked.contains(certificate.getSerialNumber()))
                .filter(certificate -> certificate.getNotAfter().toInstant().isAfter(now))
                .toList();
    }

    private X509Certificate issue(AuthorityFolder there, Request request, boolean user)
            throws IOException, GeneralSecurityException {
        var end = there.authority().certificate().getNotAfter().toInstant();
        var wanted = Lifetime.of(now, APPLICATION);
        var lifetime = wanted.until().isAfter(end) ? new Lifetime(wanted.from(), end) : wanted;
        var issued = user
                ? there.authority().user(request.commonName(), request.key(), lifetime)
                : there.authority()
                        .application(
                                request.commonName(),
                                request.key(),
                                request.names().orElseThrow(),
                                lifetime);
        there.keep(issued);
        return issued;
    }

    private void give(Path file, X509Certificate certificate, String more) throws IOException {
        Files.writeString(file, AuthorityFolder.pem(certificate) + more, StandardOpenOption.CREATE_NEW);
        out.accept("Certified " + line(certificate, "in force"));
    }

    private Optional<String> revoke(String what) throws IOException, GeneralSecurityException {
        var there = there();
        var serial = what.matches("[0-9a-f]{1,40}")
                ? new BigInteger(what, 16)
                : AuthorityFolder.certificate(Path.of(what)).getSerialNumber();
        if (there.issued().stream().noneMatch(issued -> issued.getSerialNumber().equals(serial))) {
            return Optional.of("Refused: this authority never issued " + serial.toString(16) + ".");
        }
        if (there.revoked().contains(serial)) {
            return Optional.of("Refused: " + serial.toString(16) + " is revoked already.");
        }
        there.revoke(serial, now);
        out.accept("Revoked " + serial.toString(16) + ". Lay ca.crl where the server reads it, and give it to pumps.");
        return Optional.empty();
    }

    private Optional<String> renew() throws IOException, GeneralSecurityException {
        there().renewList(now);
        out.accept("The list holds until " + now.plus(AuthorityFolder.LIST) + ".");
        return Optional.empty();
    }

    private Optional<String> list() throws IOException, GeneralSecurityException {
        var there = there();
        var revoked = there.revoked();
        there.issued().stream()
                .sorted(Comparator.comparing(X509Certificate::getNotAfter))
                .forEach(certificate -> out.accept(line(
                        certificate,
                        revoked.contains(certificate.getSerialNumber())
                                ? "revoked"
                                : certificate.getNotAfter().toInstant().isAfter(now) ? "in force" : "ended")));
        return Optional.empty();
    }

    private static String line(X509Certificate certificate, String state) {
        return certificate.getSerialNumber().toString(16) + "  " + state + "  until "
                + certificate.getNotAfter().toInstant() + "  "
                + certificate.getSubjectX500Principal().getName() + "  " + uriOf(certificate);
    }

    /** The application URI; empty for a user. */
    private static String uriOf(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? ""
                    : names.stream()
                            .filter(name -> Integer.valueOf(6).equals(name.getFirst()))
                            .map(name -> String.valueOf(name.getLast()))
                            .findFirst()
                            .orElse("");
        } catch (GeneralSecurityException e) {
            return "";
        }
    }
}
